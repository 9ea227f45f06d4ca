// Package redelivered does again what it has done when a message comes again.
package redelivered

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"net/smtp"
	"strings"

	"github.com/IBM/sarama"
	"github.com/hibiken/asynq"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rabbitmq/amqp091-go"
	"github.com/segmentio/kafka-go"
)

type store struct{ db *sql.DB }

const insertPayment = `-- name: InsertPayment :one
INSERT INTO payments (order_id, amount) VALUES ($1, $2)`

func (s *store) save(ctx context.Context, order string) error {
	_, err := s.db.ExecContext(ctx, insertPayment, order, 1)
	return err
}

type group struct{ store *store }

func (g *group) ConsumeClaim(sess sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error { // want `Kafka delivers a message again after a rebalance or a crash, and each delivery INSERTs into payments \(sql.DB.ExecContext in store.save\): the second is another row, or an error that brings the message back for ever; add ON CONFLICT DO NOTHING`
	for msg := range claim.Messages() {
		if err := g.store.save(sess.Context(), string(msg.Value)); err != nil {
			return err
		}
		sess.MarkMessage(msg, "")
	}
	return nil
}

func jet(c jetstream.Consumer, auth smtp.Auth, db *sql.DB) (jetstream.ConsumeContext, error) {
	return c.Consume(func(msg jetstream.Msg) { // want `JetStream delivers a message again .* each delivery sends a mail \(smtp.SendMail in redelivered.jet\): people get it twice; claim the message's id first, stop if it is claimed, and give it back when sending fails`
		if err := smtp.SendMail("mx:25", auth, "a@b", nil, msg.Data()); err != nil {
			msg.Nak()
			return
		}
		if _, err := db.Exec("UPDATE letters SET sent = true WHERE id = $1", msg.Data()); err != nil {
			msg.Nak()
			return
		}
		msg.Ack()
	})
}

func adds(deliveries <-chan amqp091.Delivery, db *sql.DB) { // want `RabbitMQ delivers a message again .* each delivery adds to a number in accounts`
	for d := range deliveries {
		if _, err := db.Exec("UPDATE accounts SET balance = balance + $1 WHERE id = $2", d.Body, 1); err != nil {
			d.Nack(false, true)
			continue
		}
		d.Ack(false)
	}
}

func createOrder(ctx context.Context, body string) error {
	return call(ctx, http.MethodPost, "/orders", body)
}

func getOrder(ctx context.Context, id string) error {
	return call(ctx, http.MethodGet, "/orders/"+id, "")
}

func call(ctx context.Context, method, path, body string) error {
	req, err := http.NewRequestWithContext(ctx, method, fmt.Sprintf("http://shop%s", path), strings.NewReader(body))
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func handle(ctx context.Context, t *asynq.Task) error { // want `asynq delivers a message again when it fails, times out, or its worker dies, and each delivery sends a POST \(http.NewRequestWithContext in redelivered.call\): the second makes another one`
	return createOrder(ctx, string(t.Payload()))
}

func read(ctx context.Context, t *asynq.Task) error {
	return getOrder(ctx, string(t.Payload()))
}

func forward(ctx context.Context, r *kafka.Reader, w *kafka.Writer) error { // want `Kafka delivers a message again .* each delivery publishes`
	for {
		msg, err := r.FetchMessage(ctx)
		if err != nil {
			return err
		}
		if err := w.WriteMessages(ctx, kafka.Message{Value: []byte("shipped: " + string(msg.Value))}); err != nil {
			return err
		}
		if err := r.CommitMessages(ctx, msg); err != nil {
			return err
		}
	}
}
