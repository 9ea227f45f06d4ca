// Package requeuelimited looks at how often a message has come.
package requeuelimited

import amqp "github.com/rabbitmq/amqp091-go"

func handle([]byte) error { return nil }

func poisoned(d amqp.Delivery) bool { return d.Redelivered }

func Consume(d amqp.Delivery) {
	if err := handle(d.Body); err != nil && !poisoned(d) {
		d.Nack(false, true)
		return
	}
	d.Ack(false)
}
