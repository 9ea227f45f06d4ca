// Package requeue puts messages back.
package requeue

import (
	"context"
	"encoding/json"

	amqp "github.com/rabbitmq/amqp091-go"
)

type order struct{ ID string }

func handle(body []byte) error {
	var o order
	return json.Unmarshal(body, &o)
}

func Consume(deliveries <-chan amqp.Delivery) {
	for d := range deliveries {
		if err := handle(d.Body); err != nil {
			d.Nack(false, true) // want `a message that cannot be handled is put back at once, whatever the error, and comes again at once, for ever`
			continue
		}
		d.Ack(false)
	}
}

func Rejected(d amqp.Delivery) {
	if err := handle(d.Body); err == nil {
		d.Ack(false)
	} else {
		d.Reject(true) // want `is put back at once`
	}
}

// Dropped goes to the dead letter exchange.
func Dropped(d amqp.Delivery) {
	if err := handle(d.Body); err != nil {
		d.Nack(false, false)
		return
	}
	d.Ack(false)
}

// Two has an end for what cannot be read.
func Two(d amqp.Delivery) {
	var o order
	if err := json.Unmarshal(d.Body, &o); err != nil {
		d.Reject(false)
		return
	}
	if err := handle(d.Body); err != nil {
		d.Nack(false, true)
		return
	}
	d.Ack(false)
}

// Asked decides.
func Asked(d amqp.Delivery, again bool) {
	if err := handle(d.Body); err != nil {
		d.Nack(false, again)
	}
}

func isTransient(err error) bool { return err != nil }

// Transient does so for what may pass.
func Transient(d amqp.Delivery) {
	err := handle(d.Body)
	if isTransient(err) {
		d.Nack(false, true)
		return
	}
	d.Ack(false)
}

// Leaving gives the message to whoever takes over.
func Leaving(ctx context.Context, d amqp.Delivery) {
	if ctx.Err() != nil {
		d.Nack(false, true)
	}
}
