// Package jetstream is a stub.
package jetstream

import "context"

type (
	Msg interface {
		Data() []byte
		Ack() error
		Nak() error
	}
	ConsumeContext interface{ Stop() }
	Consumer       interface {
		Consume(handler MessageHandler, opts ...any) (ConsumeContext, error)
	}
	MessageHandler func(msg Msg)
	PubAck         struct{}
	PublishOpt     func()
	JetStream      interface {
		Publish(ctx context.Context, subject string, payload []byte, opts ...PublishOpt) (*PubAck, error)
	}
)

func WithMsgID(id string) PublishOpt { return nil }
