// Package acked acknowledges what has failed. A second delivery would do no harm.
package acked

import (
	"context"
	"database/sql"
	"log"

	"github.com/rabbitmq/amqp091-go"
)

var db *sql.DB

// seen is asked by all handlers, so that none of them does anything twice.
func seen(ctx context.Context, id string) bool {
	return db.QueryRowContext(ctx, "SELECT 1 FROM processed WHERE message = $1", id).Err() == nil
}

func insert(ctx context.Context, d amqp091.Delivery) error {
	if alreadySeen(ctx, d) {
		return nil
	}
	_, err := db.ExecContext(ctx, "INSERT INTO orders (v) VALUES ($1)", d.Body)
	return err
}

func alreadySeen(ctx context.Context, d amqp091.Delivery) bool { return seen(ctx, d.MessageId) }

func regardless(ctx context.Context, ch <-chan amqp091.Delivery) { // want `the message is acknowledged although it may have failed: it INSERTs into orders .*, and if that fails, nobody delivers it again and it is lost; acknowledge it only when it is done, and put what can never be done elsewhere`
	for d := range ch {
		if err := insert(ctx, d); err != nil {
			log.Print(err)
		}
		d.Ack(false)
	}
}

func inBranch(ctx context.Context, ch <-chan amqp091.Delivery) { // want `the message is acknowledged although it may have failed`
	for d := range ch {
		if err := insert(ctx, d); err != nil {
			log.Print(err)
			d.Ack(false)
			continue
		}
		d.Ack(false)
	}
}

func deferred(ctx context.Context, ch <-chan amqp091.Delivery) { // want `the message is acknowledged by a defer, whatever becomes of it: it INSERTs into orders`
	for d := range ch {
		func() {
			defer d.Ack(false)
			if err := insert(ctx, d); err != nil {
				log.Print(err)
			}
		}()
	}
}

// What has failed goes elsewhere.
func parked(ctx context.Context, ch <-chan amqp091.Delivery, dead func(amqp091.Delivery)) {
	for d := range ch {
		if err := insert(ctx, d); err != nil {
			park(d)
		}
		d.Ack(false)
	}
}

func park(d amqp091.Delivery) {}

// What can never be done is acknowledged, the rest comes again.
func told(ctx context.Context, ch <-chan amqp091.Delivery) {
	for d := range ch {
		if err := insert(ctx, d); err != nil {
			if err == sql.ErrTxDone {
				d.Ack(false)
				continue
			}
			d.Nack(false, true)
			continue
		}
		d.Ack(false)
	}
}

func right(ctx context.Context, ch <-chan amqp091.Delivery) {
	for d := range ch {
		if err := insert(ctx, d); err != nil {
			d.Nack(false, true)
			continue
		}
		d.Ack(false)
	}
}
