// Package redeliveredguarded looks first, or does what can be done twice.
package redeliveredguarded

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/IBM/sarama"
	"github.com/hibiken/asynq"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/segmentio/kafka-go"
)

type order struct{ Status string }

type store struct{ db *sql.DB }

func (s *store) get(ctx context.Context, id string) (*order, error) {
	o := new(order)
	return o, s.db.QueryRowContext(ctx, "SELECT status FROM orders WHERE id = $1", id).Scan(&o.Status)
}

func (s *store) insert(ctx context.Context, id string) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO orders (customer) VALUES ($1)", id)
	return err
}

var s *store

// The conflict clause makes it the same the second time.
func conflict(ctx context.Context, t *asynq.Task) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO orders (customer) VALUES ($1) ON CONFLICT DO NOTHING", t.Payload())
	return err
}

// It sets a value.
func sets(ctx context.Context, t *asynq.Task) error {
	_, err := s.db.ExecContext(ctx, "UPDATE orders SET total = $1, updated = now() WHERE id = $2", 1, t.Payload())
	return err
}

// The row has the id of the message.
func named(ctx context.Context, t *asynq.Task) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO orders (id, customer) VALUES ($1, $2)", t.Payload(), 1)
	return err
}

// What is done has a state.
func state(ctx context.Context, t *asynq.Task) error {
	o, err := s.get(ctx, string(t.Payload()))
	if err != nil {
		return err
	}
	if o.Status == "paid" {
		return nil
	}
	return s.insert(ctx, string(t.Payload()))
}

// The database knows the second one.
func violation(ctx context.Context, t *asynq.Task) error {
	err := s.insert(ctx, string(t.Payload()))
	if err != nil && strings.Contains(err.Error(), "duplicate key") {
		return nil
	}
	return err
}

func absent(ctx context.Context, t *asynq.Task) error {
	_, err := s.get(ctx, string(t.Payload()))
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return s.insert(ctx, string(t.Payload()))
}

type seen interface {
	MarkProcessed(ctx context.Context, id string) (bool, error)
}

func marked(ctx context.Context, t *asynq.Task) error { return mark(ctx, nil, t) }

func mark(ctx context.Context, m seen, t *asynq.Task) error {
	first, err := m.MarkProcessed(ctx, string(t.Payload()))
	if err != nil || !first {
		return err
	}
	return s.insert(ctx, string(t.Payload()))
}

type deduplicator struct{}

func (deduplicator) Check(id string) bool { return false }

type group struct{ d deduplicator }

func (g *group) ConsumeClaim(sess sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for msg := range claim.Messages() {
		if g.d.Check(string(msg.Key)) {
			continue
		}
		if err := s.insert(sess.Context(), string(msg.Value)); err != nil {
			return err
		}
	}
	return nil
}

// The stream keeps one of each id.
func ids(js jetstream.JetStream, c jetstream.Consumer) {
	c.Consume(func(msg jetstream.Msg) {
		if _, err := js.Publish(context.Background(), "done", msg.Data(), jetstream.WithMsgID(string(msg.Data()))); err == nil {
			msg.Ack()
		}
	})
}

// ReadMessage commits first: what is lost is not repeated.
func once(ctx context.Context, r *kafka.Reader) error {
	for {
		msg, err := r.ReadMessage(ctx)
		if err != nil {
			return err
		}
		if err := s.insert(ctx, string(msg.Value)); err != nil {
			return err
		}
	}
}

// What cannot be handled is put aside.
func aside(ctx context.Context, r *kafka.Reader, w *kafka.Writer) error {
	for {
		msg, err := r.FetchMessage(ctx)
		if err != nil {
			return err
		}
		if _, err := s.get(ctx, string(msg.Value)); err != nil {
			if err := w.WriteMessages(ctx, msg); err != nil {
				return err
			}
		}
		if err := r.CommitMessages(ctx, msg); err != nil {
			return err
		}
	}
}
