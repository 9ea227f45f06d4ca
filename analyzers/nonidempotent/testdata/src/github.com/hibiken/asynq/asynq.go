// Package asynq is a stub.
package asynq

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
