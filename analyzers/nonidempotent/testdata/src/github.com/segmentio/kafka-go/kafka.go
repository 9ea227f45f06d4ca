// Package kafka is a stub.
package kafka

import "context"

type (
	Message struct{ Key, Value []byte }
	Reader  struct{}
	Writer  struct{}
)

func (r *Reader) FetchMessage(ctx context.Context) (Message, error)         { return Message{}, nil }
func (r *Reader) ReadMessage(ctx context.Context) (Message, error)          { return Message{}, nil }
func (r *Reader) CommitMessages(ctx context.Context, msgs ...Message) error { return nil }
func (w *Writer) WriteMessages(ctx context.Context, msgs ...Message) error  { return nil }
