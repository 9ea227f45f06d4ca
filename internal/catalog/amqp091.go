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
	// Delivery.Nack, Delivery.Reject: with requeue the message goes back to where it was in the
	// queue, and is delivered again at once.
	Settlers: amqpSettlers("github.com/rabbitmq/amqp091-go"),
	Limits:   amqpLimits("github.com/rabbitmq/amqp091-go"),
})

// The library that it began as.
var _ = register(&Library{
	Path:     "github.com/streadway/amqp",
	Version:  "v1.1.0",
	Source:   "Delivery.Nack, Delivery.Reject",
	Settlers: amqpSettlers("github.com/streadway/amqp"),
	Limits:   amqpLimits("github.com/streadway/amqp"),
})

func amqpSettlers(path string) []Settler {
	return []Settler{
		{Name: path + ".Delivery.Nack", Requeue: Arg1},
		{Name: path + ".Delivery.Reject", Requeue: Arg0},
		{Name: path + ".Channel.Nack", Requeue: Arg2},
		{Name: path + ".Channel.Reject", Requeue: Arg1},
	}
}

// amqpLimits are what a handler looks at that counts deliveries.
func amqpLimits(path string) []string {
	return []string{path + ".Delivery.Redelivered", path + ".Delivery.Headers"}
}

const brokerBlocks = "the broker is short of memory or disk and blocks publishers"

var (
	_ = amqpTraffic("github.com/rabbitmq/amqp091-go", "v1.16.0")
	_ = amqpTraffic("github.com/streadway/amqp", "v1.1.0")
)

// amqpTraffic: what was not acknowledged is delivered again when its channel or connection closes.
func amqpTraffic(path, version string) bool {
	return carry(&Traffic{
		Path: path, Version: version, Source: "Channel.Consume, Delivery.Ack",
		Name: "RabbitMQ", Again: "when the connection is lost before the Ack, and after a Nack that puts it back",
		Messages: []string{path + ".Delivery"},
		Queues: []Queue{
			{Name: path + ".Channel.Consume", Auto: Arg2},
			{Name: path + ".Channel.ConsumeWithContext", Auto: Arg3},
		},
		// What is sent to where the message says, or with its id, is an answer.
		IDs:  []string{path + ".Delivery.ReplyTo", path + ".Delivery.CorrelationId", path + ".Delivery.MessageId", path + ".Delivery.Redelivered"},
		Acks: []string{path + ".Delivery.Ack", path + ".Channel.Ack"},
		Deeds: []Deed{
			{Name: path + ".Channel.Publish", Kind: Publishes},
			{Name: path + ".Channel.PublishWithContext", Kind: Publishes},
			{Name: path + ".Channel.PublishWithDeferredConfirm", Kind: Publishes},
			{Name: path + ".Channel.PublishWithDeferredConfirmWithContext", Kind: Publishes},
		},
	})
}
