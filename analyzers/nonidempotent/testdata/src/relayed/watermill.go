package relayed

import "github.com/ThreeDotsLabs/watermill/message"

type forwarder struct{ to message.Publisher }

func newForwarder(r *message.Router, to message.Publisher) *forwarder {
	f := &forwarder{to}
	r.AddConsumerHandler("same", "in", nil, f.same)
	r.AddConsumerHandler("opened", "in", nil, f.opened)
	r.AddConsumerHandler("another", "in", nil, f.another)
	r.AddConsumerHandler("helped", "in", nil, f.helped)
	return f
}

func (f *forwarder) same(msg *message.Message) error { return f.to.Publish("out", msg) }

func (f *forwarder) opened(msg *message.Message) error {
	inner, err := open(msg)
	if err != nil {
		return err
	}
	return f.to.Publish("out", inner)
}

func open(msg *message.Message) (*message.Message, error) { return msg, nil }

func (f *forwarder) another(msg *message.Message) error { // want `each delivery publishes`
	return f.to.Publish("out", message.NewMessage("", append([]byte("paid "), msg.Payload...)))
}

func (f *forwarder) helped(msg *message.Message) error { // want `each delivery publishes`
	return f.send(message.NewMessage("", append([]byte("paid "), msg.Payload...)))
}

// send is given a message that somebody has made.
func (f *forwarder) send(msg *message.Message) error { return f.to.Publish("out", msg) }
