// Package silenthandled handles again what has arrived.
package silenthandled

import (
	"context"
	"time"
)

// An Order has been placed.
type Order struct{ ID string }

// A Handler is given orders.
type Handler interface {
	Handle(ctx context.Context, order Order) error
}

// A Subscriber is told what happens.
type Subscriber interface {
	OnEvent(ctx context.Context, order Order) error
}

// A JobWorker is given work.
type JobWorker interface {
	Perform(ctx context.Context, order Order) error
}

type consumer struct {
	handler    Handler
	subscriber Subscriber
	worker     JobWorker
	tries      int
}

func (c *consumer) Handled(ctx context.Context, order Order) (err error) {
	delay := 100 * time.Millisecond
	for range c.tries {
		if err = c.handler.Handle(ctx, order); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 2
	}
	return err
}

func (c *consumer) Told(ctx context.Context, order Order) (err error) {
	delay := 100 * time.Millisecond
	for range c.tries {
		if err = c.subscriber.OnEvent(ctx, order); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 2
	}
	return err
}

func (c *consumer) Worked(ctx context.Context, order Order) (err error) {
	delay := 100 * time.Millisecond
	for range c.tries {
		if err = c.worker.Perform(ctx, order); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 2
	}
	return err
}
