// Package sarama is a stub.
package sarama

import "context"

type (
	ConsumerMessage      struct{ Key, Value []byte }
	ConsumerGroupSession interface {
		MarkMessage(msg *ConsumerMessage, metadata string)
		Context() context.Context
	}
	ConsumerGroupClaim interface {
		Messages() <-chan *ConsumerMessage
	}
)
