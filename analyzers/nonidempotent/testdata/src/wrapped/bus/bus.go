// Package bus receives messages and calls handlers that it is given.
package bus

import (
	"context"

	"github.com/rabbitmq/amqp091-go"
	"github.com/segmentio/kafka-go"
)

// Handler handles a message's body.
type Handler func(ctx context.Context, body []byte) error

// Bus keeps a handler for each topic.
type Bus struct {
	reader   *kafka.Reader
	handlers map[string]Handler
}

// On keeps a handler.
func (b *Bus) On(topic string, h Handler) { b.handlers[topic] = h }

// OnError keeps what is called for failures; no message is handled by it.
func (b *Bus) OnError(h func(err error)) {}

// Run hands messages to the handlers.
func (b *Bus) Run(ctx context.Context) error {
	for {
		msg, err := b.reader.FetchMessage(ctx)
		if err != nil {
			return err
		}
		if h, ok := b.handlers[string(msg.Key)]; ok {
			if err := h(ctx, msg.Value); err != nil {
				return err
			}
		}
		b.reader.CommitMessages(ctx, msg)
	}
}

// Each hands the messages of a queue to a handler.
func Each(ctx context.Context, ch *amqp091.Channel, queue string, handle Handler) error {
	deliveries, err := ch.Consume(queue, "", false, false, false, false, nil)
	if err != nil {
		return err
	}
	go func() {
		for d := range deliveries {
			if err := handle(ctx, d.Body); err != nil {
				d.Nack(false, true)
				continue
			}
			d.Ack(false)
		}
	}()
	return nil
}

// Once hands over what kafka-go has committed before.
func Once(ctx context.Context, r *kafka.Reader, handle Handler) error {
	for {
		msg, err := r.ReadMessage(ctx)
		if err != nil {
			return err
		}
		handle(ctx, msg.Value)
	}
}
