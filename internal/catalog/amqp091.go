package catalog

// Heartbeats of 10 s notice a broker that is gone, and a connection that is lost ends all waiting.
// A broker that blocks its publishers, because it is short of memory or disk, answers heartbeats and
// confirms nothing: Wait is <-done (confirms.go).
var _ = register(&Library{
	Path:    "github.com/rabbitmq/amqp091-go",
	Version: "v1.13.0",
	Source:  "DeferredConfirmation.Wait, defaultHeartbeat",
	Default: "for ever, for confirms of a broker that blocks publishers; 30 s to connect",
	Calls: []Call{
		{
			Name: "github.com/rabbitmq/amqp091-go.DeferredConfirmation.Wait", Kind: Query, Once: true,
			Stuck: brokerBlocks, Advice: "use WaitContext, with a context from context.WithTimeout",
		},
		{
			Name: "github.com/rabbitmq/amqp091-go.DeferredConfirmation.WaitContext", Kind: Query, Context: Arg0,
			Stuck: brokerBlocks, Advice: "RabbitMQ's client sets none",
		},
	},
})

const brokerBlocks = "the broker is short of memory or disk and blocks publishers"
