// Package activitiesrun has activities, and the workflow that runs them.
package activitiesrun

import (
	"context"
	"database/sql"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type stock struct{ db *sql.DB }

func register(w worker.ActivityRegistry, s *stock) { w.RegisterActivity(s) }

func restock(ctx workflow.Context) error {
	var s *stock
	again := workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         &temporal.RetryPolicy{MaximumAttempts: 3},
	})
	once := workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         &temporal.RetryPolicy{MaximumAttempts: 1},
	})
	if err := workflow.ExecuteActivity(again, s.Reserve).Get(ctx, nil); err != nil {
		return err
	}
	if err := workflow.ExecuteActivity(ctx, "Order").Get(ctx, nil); err != nil {
		return err
	}
	if err := workflow.ExecuteActivity(once, s.Both).Get(ctx, nil); err != nil {
		return err
	}
	if err := workflow.ExecuteActivity(again, s.Both).Get(ctx, nil); err != nil {
		return err
	}
	return workflow.ExecuteActivity(once, s.Deliver).Get(ctx, nil)
}

func (s *stock) book(ctx context.Context) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO bookings (name) VALUES (1)")
	return err
}

func (s *stock) Reserve(ctx context.Context) error { return s.book(ctx) } // want `Temporal delivers a message again .*, and each delivery INSERTs into bookings`

// Order is asked for by its name.
func (s *stock) Order(ctx context.Context) error { return s.book(ctx) } // want `each delivery INSERTs into bookings`

// Both is run in two ways, of which one has three attempts.
func (s *stock) Both(ctx context.Context) error { return s.book(ctx) } // want `each delivery INSERTs into bookings`

// Deliver has one attempt.
func (s *stock) Deliver(ctx context.Context) error { return s.book(ctx) }

// Forgotten is run by nobody.
func (s *stock) Forgotten(ctx context.Context) error { return s.book(ctx) }
