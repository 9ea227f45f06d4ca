// Package ticks is told by schedulers that it is time, and looks for its work itself.
package ticks

import (
	"context"
	"database/sql"
	"log"

	"github.com/RichardKnop/machinery/v2"
	"github.com/hibiken/asynq"
	"github.com/rabbitmq/amqp091-go"
)

var db *sql.DB

func remind(ctx context.Context, of string) error {
	_, err := db.ExecContext(ctx, "INSERT INTO reminders (about) VALUES ($1)", of)
	return err
}

func unnamed(ctx context.Context, _ *asynq.Task) error { return remind(ctx, "rent") }

func unused(ctx context.Context, task *asynq.Task) error { return remind(ctx, "rent") }

// What it is called for says no more than its name.
func named(ctx context.Context, task *asynq.Task) error {
	log.Print(task.Type())
	return remind(ctx, "rent")
}

func handedOn(ctx context.Context, task *asynq.Task) error { return sweep(ctx, task) }

func sweep(ctx context.Context, _ *asynq.Task) error { return remind(ctx, "rent") }

// This one asks for something.
func asked(ctx context.Context, task *asynq.Task) error { // want `each delivery INSERTs into reminders`
	return remind(ctx, string(task.Payload()))
}

func askedOn(ctx context.Context, task *asynq.Task) error { return read(ctx, task) } // want `each delivery INSERTs into reminders`

func read(ctx context.Context, task *asynq.Task) error { return remind(ctx, string(task.Payload())) }

func register(s *machinery.Server) {
	s.RegisterTask("nightly", nightly)
	s.RegisterTask("one", one)
}

func nightly(ctx context.Context) error { return remind(ctx, "rent") }

func one(ctx context.Context, of string) error { return remind(ctx, of) } // want `each delivery INSERTs into reminders`

// All that it is told is that it is time.
func woken(deliveries <-chan amqp091.Delivery, db *sql.DB) {
	for d := range deliveries {
		log.Println("woken by", string(d.Body))
		if _, err := db.Exec("INSERT INTO sweeps (reason) VALUES ('woken')"); err != nil {
			d.Nack(false, true)
			continue
		}
		d.Ack(false)
	}
}

func told(deliveries <-chan amqp091.Delivery, db *sql.DB) { // want `each delivery INSERTs into sweeps`
	for d := range deliveries {
		if _, err := db.Exec("INSERT INTO sweeps (reason) VALUES ($1)", d.Body); err != nil {
			d.Nack(false, true)
			continue
		}
		d.Ack(false)
	}
}
