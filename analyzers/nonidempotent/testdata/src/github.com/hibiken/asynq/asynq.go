// Package asynq is a stub.
package asynq

import (
	"context"
	"time"
)

type Task struct{}

func (t *Task) Payload() []byte { return nil }

// A ResultWriter belongs to a delivered task.
type ResultWriter struct{}

// TaskID returns the task's id.
func (*ResultWriter) TaskID() string { return "" }

// ResultWriter returns the task's writer.
func (*Task) ResultWriter() *ResultWriter { return nil }

// Type returns the task's type.
func (*Task) Type() string { return "" }

// NewTask makes a task.
func NewTask(typename string, payload []byte) *Task { return nil }

// Client puts tasks into queues.
type Client struct{}

// EnqueueContext puts a task into a queue.
func (*Client) EnqueueContext(ctx context.Context, task *Task, opts ...Option) (*TaskInfo, error) {
	return nil, nil
}

// An Option says when and how a task is done.
type Option interface{ String() string }

// ProcessIn has a task wait.
func ProcessIn(d time.Duration) Option { return nil }

// MaxRetry says how often a task that failed is done again.
func MaxRetry(n int) Option { return nil }

// Queue says which queue a task goes to.
func Queue(name string) Option { return nil }

// TaskInfo says what has become of a task.
type TaskInfo struct{}
