package catalog

var _ = carry(&Traffic{
	Path:    "cloud.google.com/go/pubsub",
	Version: "v2.8.1",
	Source:  "Subscriber.Receive, ReceiveSettings.MaxExtension",
	Name:    "Pub/Sub", Again: "when it is not acknowledged in time, and after a Nack",
	Handlers: []Handler{
		{Name: "cloud.google.com/go/pubsub.Subscription.Receive", Func: Arg1},
		{Name: "cloud.google.com/go/pubsub.Subscriber.Receive", Func: Arg1},
	},
	Acks: []string{"cloud.google.com/go/pubsub.Message.Ack", "cloud.google.com/go/pubsub.Message.AckWithResult"},
	Deeds: []Deed{
		{Name: "cloud.google.com/go/pubsub.Topic.Publish", Kind: Publishes},
		{Name: "cloud.google.com/go/pubsub.Publisher.Publish", Kind: Publishes},
	},
})
