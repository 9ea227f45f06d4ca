// Package deedsguarded looks at what it does again, each time in another way.
package deedsguarded

import (
	"context"
	"database/sql"
	"errors"

	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"
	"github.com/segmentio/kafka-go"
	"google.golang.org/grpc"
)

type order struct {
	ID     string
	Status string
	PaidAt sql.NullTime
}

func (o *order) IsPaid() bool { return o.Status == "paid" }

type store struct {
	db  *sql.DB
	rdb *redis.Client
}

var errAlreadyDone = errors.New("already done")

func (s *store) find(ctx context.Context, id string) (*order, error) {
	o := new(order)
	return o, s.db.QueryRowContext(ctx, "SELECT id, status FROM orders WHERE id = $1", id).Scan(&o.ID, &o.Status)
}

func (s *store) credit(ctx context.Context, id string) error {
	_, err := s.db.ExecContext(ctx, "UPDATE users SET credits = credits + 10 WHERE id = $1", id)
	return err
}

// What has been matched is not found again.
func (s *store) unmatched(ctx context.Context, t *asynq.Task) error {
	var id string
	if err := s.db.QueryRowContext(ctx, "SELECT id FROM transfers WHERE ref = $1 AND is_matched = false", t.Payload()).Scan(&id); err != nil {
		return err
	}
	if err := s.credit(ctx, id); err != nil {
		return err
	}
	_, err := s.db.ExecContext(ctx, "UPDATE transfers SET is_matched = true WHERE id = $1", id)
	return err
}

// Its own method says how far it has come.
func (s *store) asks(ctx context.Context, t *asynq.Task) error {
	o, err := s.find(ctx, string(t.Payload()))
	if err != nil {
		return err
	}
	if o.IsPaid() {
		return nil
	}
	return s.credit(ctx, o.ID)
}

// The function that is handed the order looks.
func (s *store) handsOn(ctx context.Context, t *asynq.Task) error {
	o, err := s.find(ctx, string(t.Payload()))
	if err != nil {
		return err
	}
	return s.pay(ctx, o)
}

func (s *store) pay(ctx context.Context, o *order) error {
	if o.Status != "pending" {
		return nil
	}
	return s.credit(ctx, o.ID)
}

// The state changes once; who changes it goes on.
func (s *store) transition(ctx context.Context, t *asynq.Task) error {
	if err := s.advance(ctx, string(t.Payload())); err != nil {
		return err
	}
	return s.credit(ctx, string(t.Payload()))
}

func (s *store) advance(ctx context.Context, id string) error {
	res, err := s.db.ExecContext(ctx, "UPDATE orders SET status = 'paid' WHERE id = $1 AND status = 'pending'", id)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errAlreadyDone
	}
	return nil
}

// The row of the event fails the second time, and the transaction with it.
func (s *store) recordedLast(ctx context.Context, t *asynq.Task) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "UPDATE users SET credits = credits + 10 WHERE id = $1", 1); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO events (event_id) VALUES ($1)", t.Payload()); err != nil {
		return err
	}
	return tx.Commit()
}

// It asks whether there is one, in a variable that is filled in.
func (s *store) filled(ctx context.Context, t *asynq.Task) error {
	var n int
	if err := s.db.QueryRowContext(ctx, "SELECT n FROM credits_of WHERE ref = $1", t.Payload()).Scan(&n); err != nil {
		return err
	}
	if n > 0 {
		return nil
	}
	return s.credit(ctx, string(t.Payload()))
}

// What is not there is made.
func (s *store) unlessThere(ctx context.Context, t *asynq.Task) error {
	_, err := s.find(ctx, string(t.Payload()))
	if err == nil {
		return nil
	}
	return s.credit(ctx, string(t.Payload()))
}

func (s *store) rowThere(ctx context.Context, t *asynq.Task) error {
	var id string
	if err := s.db.QueryRowContext(ctx, "SELECT id FROM credits_of WHERE ref = $1", t.Payload()).Scan(&id); err == nil {
		return nil
	}
	return s.credit(ctx, string(t.Payload()))
}

type filter map[string]any

type collection interface {
	FindOneAndUpdate(ctx context.Context, filter, update any) error
}

type chooser struct {
	orders collection
	db     *sql.DB
}

// Only a document in that state is found.
func (c chooser) chosen(ctx context.Context, t *asynq.Task) error {
	if err := c.orders.FindOneAndUpdate(ctx, filter{"_id": t.Payload(), "status": "new"}, filter{"status": "paid"}); err != nil {
		return err
	}
	_, err := c.db.ExecContext(ctx, "UPDATE users SET credits = credits + 10 WHERE id = $1", t.Payload())
	return err
}

// One key a message is set once.
func (s *store) claims(ctx context.Context, t *asynq.Task) error {
	first, err := s.rdb.SetNX(ctx, string(t.Payload()), 1, 0).Result()
	if err != nil || !first {
		return err
	}
	return s.credit(ctx, string(t.Payload()))
}

// What others are told of is theirs to tell apart; what was measured may be counted about right.
func (s *store) hands(ctx context.Context, r *kafka.Reader) error {
	for {
		msg, err := r.FetchMessage(ctx)
		if err != nil {
			return err
		}
		if _, err := s.db.ExecContext(ctx, "INSERT INTO outbox_events (payload) VALUES ($1)", msg.Value); err != nil {
			return err
		}
		if _, err := s.db.ExecContext(ctx, "INSERT INTO sensor_readings (value) VALUES ($1)", msg.Value); err != nil {
			return err
		}
		if err := r.CommitMessages(ctx, msg); err != nil {
			return err
		}
	}
}

type (
	ChargeRequest struct {
		OrderID string
		Cents   int
	}
	ChargeReply   struct{}
	PaymentClient interface {
		Charge(ctx context.Context, in *ChargeRequest, opts ...grpc.CallOption) (*ChargeReply, error)
	}
)

type payer struct {
	payments PaymentClient
	db       *sql.DB
}

// Who is paid may know the order again.
func (p *payer) charges(ctx context.Context, t *asynq.Task) error {
	_, err := p.payments.Charge(ctx, &ChargeRequest{OrderID: string(t.Payload()), Cents: 1})
	return err
}

// What was received is kept as it came, and what was looked at may be counted about right.
func (p *payer) keeps(ctx context.Context, t *asynq.Task) error {
	if _, err := p.db.ExecContext(ctx, "INSERT INTO webhook_events (body) VALUES ($1)", t.Payload()); err != nil {
		return err
	}
	_, err := p.db.ExecContext(ctx, "UPDATE pages SET views = views + 1 WHERE id = $1", t.Payload())
	return err
}
