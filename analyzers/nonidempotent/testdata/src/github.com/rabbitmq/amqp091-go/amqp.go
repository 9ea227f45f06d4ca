// Package amqp091 is a stub.
package amqp091

type (
	Delivery struct {
		Body        []byte
		Redelivered bool
		MessageId   string
	}
	Publishing struct {
		MessageId string
		Body      []byte
	}
	Channel struct{}
	Table   map[string]any
)

func (d Delivery) Ack(multiple bool) error           { return nil }
func (d Delivery) Nack(multiple, requeue bool) error { return nil }

func (c *Channel) Publish(exchange, key string, mandatory, immediate bool, msg Publishing) error {
	return nil
}

func (c *Channel) Consume(queue, consumer string, autoAck, exclusive, noLocal, noWait bool, args Table) (<-chan Delivery, error) {
	return nil, nil
}
