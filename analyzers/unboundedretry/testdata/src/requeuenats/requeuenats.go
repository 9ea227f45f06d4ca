// Package requeuenats makes its consumer, without a limit.
package requeuenats

import "github.com/nats-io/nats.go/jetstream"

func handle([]byte) error { return nil }

func Start(s jetstream.Stream) error {
	return s.CreateOrUpdateConsumer(jetstream.ConsumerConfig{Durable: "orders"})
}

func Consume(m jetstream.Msg) {
	if err := handle(m.Data()); err != nil {
		m.Nak() // want `is put back at once`
		return
	}
	m.Ack()
}
