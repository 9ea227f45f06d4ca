// Package jetstream has the types that the fixtures need.
package jetstream

import "time"

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
