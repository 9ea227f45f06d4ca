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
