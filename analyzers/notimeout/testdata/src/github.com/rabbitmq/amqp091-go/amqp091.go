// Package amqp091 is a stub.
package amqp091

import "context"

type DeferredConfirmation struct{}

func (d *DeferredConfirmation) Wait() bool                                    { return true }
func (d *DeferredConfirmation) WaitContext(ctx context.Context) (bool, error) { return true, nil }

type Channel struct{}

func (ch *Channel) Publish(exchange, key string) error { return nil }

func (ch *Channel) PublishWithDeferredConfirm(exchange, key string) (*DeferredConfirmation, error) {
	return nil, nil
}
