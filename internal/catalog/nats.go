package catalog

// A request is answered by whoever subscribes: the server says so if nobody does, and not if they are
// stuck, or if the connection is lost meanwhile (context.go, requestWithContext). Request takes a
// timeout, FlushWithContext insists on a deadline, JetStream has one of 5 s. Subscribers wait.
var _ = register(&Library{
	Path:    "github.com/nats-io/nats.go",
	Version: "v1.52.0",
	Source:  "Conn.RequestWithContext",
	Default: "for ever",
	Calls: each(Call{Kind: Query, Context: Arg0, Advice: "NATS sets none", Stuck: "the service that answers is stuck"},
		"github.com/nats-io/nats.go.Conn", "RequestWithContext", "RequestMsgWithContext"),
	// Msg.Nak: redelivered at once; ConsumerConfig.MaxDeliver: -1 unless it is set, which is no
	// limit.
	Settlers: []Settler{
		{Name: "github.com/nats-io/nats.go.Msg.Nak", Always: true},
		{Name: "github.com/nats-io/nats.go.Msg.NakWithDelay"},
		{Name: "github.com/nats-io/nats.go.Msg.Term"},
		{Name: "github.com/nats-io/nats.go/jetstream.Msg.Nak", Always: true},
		{Name: "github.com/nats-io/nats.go/jetstream.Msg.NakWithDelay"},
		{Name: "github.com/nats-io/nats.go/jetstream.Msg.Term"},
		{Name: "github.com/nats-io/nats.go/jetstream.Msg.TermWithReason"},
	},
	Limits: []string{
		"github.com/nats-io/nats.go.ConsumerConfig.MaxDeliver", "github.com/nats-io/nats.go.ConsumerConfig.BackOff",
		"github.com/nats-io/nats.go/jetstream.ConsumerConfig.MaxDeliver", "github.com/nats-io/nats.go/jetstream.ConsumerConfig.BackOff",
		"github.com/nats-io/nats.go.MaxDeliver", "github.com/nats-io/nats.go.BackOff",
		"github.com/nats-io/nats.go.Msg.Metadata", "github.com/nats-io/nats.go/jetstream.Msg.Metadata",
	},
	// Who has not configured the consumer here does not know its limit.
	Consumers: []string{
		"github.com/nats-io/nats.go.ConsumerConfig", "github.com/nats-io/nats.go/jetstream.ConsumerConfig",
		"github.com/nats-io/nats.go/jetstream.OrderedConsumerConfig",
	},
})

// A consumer of a stream gets a message again that it has not acknowledged within AckWait (30 s). Core
// subscriptions get it once, or not at all. A publish with a message id is stored once (2 min).
var _ = carry(&Traffic{
	Path:    "github.com/nats-io/nats.go",
	Version: "v1.55.0",
	Source:  "ConsumerConfig.AckWait; PublishOpt",
	Name:    "JetStream", Again: "when it is not acknowledged within AckWait, and after a Nak",
	Handlers: []Handler{
		{Name: "github.com/nats-io/nats.go.JetStreamContext.Subscribe", Func: Arg1},
		{Name: "github.com/nats-io/nats.go.JetStreamContext.QueueSubscribe", Func: Arg2},
		{Name: "github.com/nats-io/nats.go.JetStream.Subscribe", Func: Arg1},
		{Name: "github.com/nats-io/nats.go.JetStream.QueueSubscribe", Func: Arg2},
	},
	Acks: []string{"github.com/nats-io/nats.go.Msg.Ack", "github.com/nats-io/nats.go.Msg.AckSync"},
	Deeds: []Deed{
		{Name: "github.com/nats-io/nats.go.JetStreamContext.Publish", Kind: Publishes},
		{Name: "github.com/nats-io/nats.go.JetStreamContext.PublishMsg", Kind: Publishes},
		{Name: "github.com/nats-io/nats.go.JetStream.Publish", Kind: Publishes},
		{Name: "github.com/nats-io/nats.go.JetStream.PublishMsg", Kind: Publishes},
	},
	Guards: []string{"github.com/nats-io/nats.go.MsgId"},
	Absent: []string{"github.com/nats-io/nats.go.ErrKeyExists", "github.com/nats-io/nats.go.ErrKeyNotFound"},
})

var _ = carry(&Traffic{
	Path:    "github.com/nats-io/nats.go/jetstream",
	Version: "v1.55.0",
	Source:  "Consumer.Consume, ConsumerConfig.AckWait; WithMsgID",
	Name:    "JetStream", Again: "when it is not acknowledged within AckWait, and after a Nak",
	Handlers: []Handler{
		{Name: "github.com/nats-io/nats.go/jetstream.Consumer.Consume", Func: Arg0},
		{Name: "github.com/nats-io/nats.go/jetstream.PushConsumer.Consume", Func: Arg0},
	},
	Receivers: []string{
		"github.com/nats-io/nats.go/jetstream.MessagesContext.Next", "github.com/nats-io/nats.go/jetstream.Consumer.Next",
		"github.com/nats-io/nats.go/jetstream.Consumer.Fetch", "github.com/nats-io/nats.go/jetstream.Consumer.FetchNoWait",
	},
	Given: []string{"github.com/nats-io/nats.go/jetstream.Msg"},
	Acks:  []string{"github.com/nats-io/nats.go/jetstream.Msg.Ack", "github.com/nats-io/nats.go/jetstream.Msg.DoubleAck"},
	Deeds: []Deed{
		{Name: "github.com/nats-io/nats.go/jetstream.JetStream.Publish", Kind: Publishes},
		{Name: "github.com/nats-io/nats.go/jetstream.JetStream.PublishMsg", Kind: Publishes},
		{Name: "github.com/nats-io/nats.go/jetstream.Publisher.Publish", Kind: Publishes},
		{Name: "github.com/nats-io/nats.go/jetstream.Publisher.PublishMsg", Kind: Publishes},
	},
	Guards: []string{"github.com/nats-io/nats.go/jetstream.WithMsgID", "github.com/nats-io/nats.go/jetstream.KeyValue.Create"},
	Absent: []string{"github.com/nats-io/nats.go/jetstream.ErrKeyExists", "github.com/nats-io/nats.go/jetstream.ErrKeyNotFound"},
})
