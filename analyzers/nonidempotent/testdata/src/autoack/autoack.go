// Package autoack consumes a queue whose broker forgets what it has sent.
package autoack

import (
	"context"
	"database/sql"

	"github.com/rabbitmq/amqp091-go"
)

var db *sql.DB

func insert(ctx context.Context, v []byte) error {
	_, err := db.ExecContext(ctx, "INSERT INTO orders (v) VALUES ($1)", v)
	return err
}

func consume(ctx context.Context, ch *amqp091.Channel) error { // want `the queue is consumed with autoAck: the broker forgets a message as soon as it has sent it, and each INSERTs into orders .*: if that fails, or the process dies in between, nobody delivers it again and it is lost; consume it without autoAck and acknowledge it last`
	deliveries, err := ch.Consume("orders", "", true, false, false, false, nil)
	if err != nil {
		return err
	}
	for d := range deliveries {
		insert(ctx, d.Body)
	}
	return nil
}

// Of the other queue, messages come again.
func acked(ctx context.Context, ch *amqp091.Channel) error { // want `RabbitMQ delivers a message again`
	deliveries, err := ch.Consume("payments", "", false, false, false, false, nil)
	if err != nil {
		return err
	}
	for d := range deliveries {
		if insert(ctx, d.Body) == nil {
			d.Ack(false)
		}
	}
	return nil
}

// Which of the two it is given is not known.
func work(ctx context.Context, deliveries <-chan amqp091.Delivery) {
	for d := range deliveries {
		insert(ctx, d.Body)
	}
}

// It acknowledges them, which it would not if they were.
func workAcked(ctx context.Context, deliveries <-chan amqp091.Delivery) { // want `RabbitMQ delivers a message again`
	for d := range deliveries {
		if insert(ctx, d.Body) == nil {
			d.Ack(false)
		}
	}
}

// It hands them on.
func forward(ctx context.Context, ch *amqp091.Channel) error {
	deliveries, err := ch.Consume("orders", "", true, false, false, false, nil)
	if err != nil {
		return err
	}
	for d := range deliveries {
		ch.Publish("", "next", false, false, amqp091.Publishing{Body: d.Body})
	}
	return nil
}

type settings struct{ AutoAck bool }

// What it is set to is not known here, and neither whether a message comes again.
func set(ctx context.Context, ch *amqp091.Channel, c settings) error {
	deliveries, err := ch.Consume("orders", "", c.AutoAck, false, false, false, nil)
	if err != nil {
		return err
	}
	for d := range deliveries {
		if err := insert(ctx, d.Body); err != nil {
			return err
		}
		if !c.AutoAck {
			d.Ack(false)
		}
	}
	return nil
}
