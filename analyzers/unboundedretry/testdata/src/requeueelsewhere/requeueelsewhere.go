// Package requeueelsewhere does not know how its consumer is made.
package requeueelsewhere

import "github.com/nats-io/nats.go/jetstream"

func handle([]byte) error { return nil }

func Consume(m jetstream.Msg) {
	if err := handle(m.Data()); err != nil {
		m.Nak()
		return
	}
	m.Ack()
}
