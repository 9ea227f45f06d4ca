// Package sarama is a stub.
package sarama

import "context"

type (
	ConsumerMessage struct{ Key, Value []byte }
	ProducerMessage struct {
		Topic      string
		Key, Value any
	}
	ConsumerGroupSession interface {
		MarkMessage(msg *ConsumerMessage, metadata string)
		Context() context.Context
	}
	ConsumerGroupClaim interface {
		Messages() <-chan *ConsumerMessage
	}
	SyncProducer interface {
		SendMessage(msg *ProducerMessage) (partition int32, offset int64, err error)
		BeginTxn() error
		AddMessageToTxn(msg *ConsumerMessage, group string, metadata *string) error
		CommitTxn() error
	}
)
