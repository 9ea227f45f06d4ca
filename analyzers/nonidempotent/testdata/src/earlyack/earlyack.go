// Package earlyack says that it is done before it is.
package earlyack

import (
	"context"
	"database/sql"
	"log"

	"github.com/IBM/sarama"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rabbitmq/amqp091-go"
)

var db *sql.DB

func insert(ctx context.Context, v []byte) error {
	_, err := db.ExecContext(ctx, "INSERT INTO orders (v) VALUES ($1)", v)
	return err
}

type group struct{}

func (group) ConsumeClaim(sess sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error { // want `the message is acknowledged before it INSERTs into orders .*: if that fails, or the process dies in between, nobody delivers it again and it is lost; acknowledge it last`
	for msg := range claim.Messages() {
		sess.MarkMessage(msg, "")
		if err := insert(sess.Context(), msg.Value); err != nil {
			return err
		}
	}
	return nil
}

func deliveries(ctx context.Context, ch <-chan amqp091.Delivery) { // want `the message is acknowledged before`
	for d := range ch {
		d.Ack(false)
		insert(ctx, d.Body)
	}
}

// Nobody asks whether it has failed.
func unasked(ctx context.Context, ch <-chan amqp091.Delivery) { // want `the message is acknowledged although it may have failed: it INSERTs into orders`
	for d := range ch {
		n, err := save(ctx, d.Body)
		_ = err
		if err := d.Ack(false); err != nil {
			log.Print(n, err)
		}
	}
}

func save(ctx context.Context, v []byte) (int, error) { return len(v), insert(ctx, v) }

// The error is read: that it is done twice is what is left.
func asked(ctx context.Context, ch <-chan amqp091.Delivery) { // want `RabbitMQ delivers a message again`
	for d := range ch {
		if _, err := save(ctx, d.Body); err != nil {
			d.Nack(false, true)
			continue
		}
		d.Ack(false)
	}
}

// What is done after the message has been acknowledged does not come again, and is not all that is done.
func after(ctx context.Context, c jetstream.Consumer) (jetstream.ConsumeContext, error) {
	return c.Consume(func(msg jetstream.Msg) { one(ctx, msg) })
}

func one(ctx context.Context, msg jetstream.Msg) {
	if _, err := db.ExecContext(ctx, "UPDATE orders SET v = $1", msg.Data()); err != nil {
		msg.Nak()
		return
	}
	if err := msg.Ack(); err != nil {
		log.Print(err)
	}
	if err := insert(ctx, msg.Data()); err != nil {
		log.Print(err)
	}
}

// Deferred comes last.
func deferred(ctx context.Context, ch <-chan amqp091.Delivery) { // want `RabbitMQ delivers a message again`
	for d := range ch {
		func() {
			defer d.Ack(false)
			insert(ctx, d.Body)
		}()
	}
}

type sender struct {
	send func(ctx context.Context, v []byte) error
}

func count(ctx context.Context, n int) error {
	_, err := db.ExecContext(ctx, "UPDATE sendings SET done = done + 1 WHERE n = $1", n)
	return err
}

// What the message asks for is done; how often is only counted.
func countedAfter(ctx context.Context, ch <-chan amqp091.Delivery, s sender) {
	for d := range ch {
		err := s.send(ctx, d.Body)
		if err != nil {
			d.Nack(false, true)
		} else {
			d.Ack(false)
			count(ctx, len(d.Body))
		}
	}
}

// What it counts matters: somebody asks whether it was.
func countedWithCare(ctx context.Context, ch <-chan amqp091.Delivery, s sender) error { // want `the message is acknowledged before it adds to a number in sendings`
	for d := range ch {
		if err := s.send(ctx, d.Body); err != nil {
			d.Nack(false, true)
			continue
		}
		d.Ack(false)
		if err := count(ctx, len(d.Body)); err != nil {
			return err
		}
	}
	return nil
}

// To add is what the message asks for.
func countedOnly(ctx context.Context, ch <-chan amqp091.Delivery) { // want `the message is acknowledged before it adds to a number in sendings`
	for d := range ch {
		n, err := parseCount(d.Body)
		if err != nil {
			d.Nack(false, false)
			continue
		}
		d.Ack(false)
		count(ctx, n)
	}
}

// It is acknowledged whatever became of it.
func countedAnyway(ctx context.Context, ch <-chan amqp091.Delivery, s sender) { // want `the message is acknowledged before it adds to a number in sendings`
	for d := range ch {
		if err := s.send(ctx, d.Body); err != nil {
			log.Print(err)
		}
		d.Ack(false)
		count(ctx, len(d.Body))
	}
}

func parseCount(v []byte) (int, error) { return len(v), nil }
