// Package jetstream has the types that the fixtures need.
package jetstream

import (
	"context"
	"time"
)

type Msg interface {
	Data() []byte
	Ack() error
	Nak() error
	NakWithDelay(time.Duration) error
	Term() error
}

type ConsumerConfig struct {
	Durable    string
	MaxDeliver int
	BackOff    []time.Duration
}

type Stream interface {
	CreateOrUpdateConsumer(ConsumerConfig) error
}

type KeyValueEntry interface {
	Value() []byte
	Revision() uint64
}

type KeyValue interface {
	Get(ctx context.Context, key string) (KeyValueEntry, error)
	Update(ctx context.Context, key string, value []byte, revision uint64) (uint64, error)
}
