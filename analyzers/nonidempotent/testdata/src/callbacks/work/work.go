// Package work handles tasks, and tells others of them.
package work

import (
	"context"

	"github.com/hibiken/asynq"
)

// Letters handles tasks.
type Letters struct {
	tell  func(ctx context.Context, event string, body []byte)
	count func(ctx context.Context, body []byte)
}

// New returns a handler, and what it tells of it.
func New(tell func(ctx context.Context, event string, body []byte), count func(ctx context.Context, body []byte)) *Letters {
	return &Letters{tell: tell, count: count}
}

// ProcessTask handles a task.
func (l *Letters) ProcessTask(ctx context.Context, task *asynq.Task) error {
	l.tell(ctx, "letter.sent", task.Payload())
	l.count(ctx, task.Payload())
	return nil
}

// Wrap returns a handler that calls another one.
func Wrap(fn func(ctx context.Context, body []byte) error) func(context.Context, *asynq.Task) error {
	return func(ctx context.Context, task *asynq.Task) error { return fn(ctx, task.Payload()) }
}
