// Package amqp091 has the types that the fixtures need.
package amqp091

type Table map[string]any

type Delivery struct {
	Redelivered bool
	Headers     Table
	Body        []byte
}

func (d Delivery) Ack(multiple bool) error           { return nil }
func (d Delivery) Nack(multiple, requeue bool) error { return nil }
func (d Delivery) Reject(requeue bool) error         { return nil }
