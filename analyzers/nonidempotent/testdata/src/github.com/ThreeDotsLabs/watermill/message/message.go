// Package message is a stub.
package message

type (
	Message    struct{ Payload []byte }
	Router     struct{}
	Subscriber interface{}
	Publisher  interface {
		Publish(topic string, messages ...*Message) error
	}
)

func NewMessage(uuid string, payload []byte) *Message { return &Message{Payload: payload} }

func (r *Router) AddConsumerHandler(name, topic string, from Subscriber, handle func(*Message) error) {
}
