// Package amqp stands in for the library of that name.
package amqp

type Channel struct{}

type Table map[string]any

func (*Channel) Consume(queue, consumer string, autoAck, exclusive, noLocal, noWait bool, args Table) (<-chan Delivery, error) {
	return nil, nil
}

type Delivery struct{ Body []byte }

func (Delivery) Ack(multiple bool) error { return nil }

func (Delivery) Nack(multiple, requeue bool) error { return nil }
