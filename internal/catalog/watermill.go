package catalog

// watermill's middleware handles a message again with the curve of cenkalti/backoff, of which it
// sets every part: what is left out is zero there. Without InitialInterval there is no delay at
// all; without RandomizationFactor it is the same for all. MaxRetries always ends it, and so does
// the message's context.
var _ = register(&Library{
	Path:    "github.com/ThreeDotsLabs/watermill/message/router/middleware",
	Version: "v1.5.1",
	Source:  "Retry.Middleware",
	Retries: "2 attempts at most",
	Timetables: []Timetable{{
		Name: "github.com/ThreeDotsLabs/watermill/message/router/middleware.Retry", Itself: true,
		Zero: Schedule{Attempts: 1, Growth: ExponentialDelay, Context: true},
		Sets: []Tuning{
			{Aspect: Retries, Field: "MaxRetries"},
			{Aspect: Delay, Field: "InitialInterval"},
			{Aspect: Ceiling, Field: "MaxInterval"},
			{Aspect: Factor, Field: "Multiplier"},
			{Aspect: Elapsed, Field: "MaxElapsedTime", Never: []int64{0}},
			{Aspect: Jitter, Field: "RandomizationFactor"},
		},
	}},
})

const watermill = "github.com/ThreeDotsLabs/watermill"

// A handler that returns an error gets its message again.
var _ = carry(&Traffic{
	Path:    watermill + "/message",
	Version: "v1.5.1",
	Source:  "HandlerFunc, NoPublishHandlerFunc",
	Name:    "the broker", Again: "when it is not acknowledged",
	Handlers: []Handler{
		{Name: watermill + "/message.Router.AddHandler"},
		{Name: watermill + "/message.Router.AddNoPublisherHandler", Func: Arg3},
		{Name: watermill + "/message.Router.AddConsumerHandler", Func: Arg3},
	},
	// A handler of AddHandler, whose messages the router publishes: no library function does.
	Shapes: []Shape{{Params: []string{watermill + "/message.Message"}, Results: []string{"", "error"}}},
	Acks:   []string{watermill + "/message.Message.Ack"},
	Deeds:  []Deed{{Name: watermill + "/message.Publisher.Publish", Kind: Publishes}},
	Fresh:  []string{watermill + ".NewUUID", watermill + ".NewShortUUID", watermill + ".NewULID"},
	Guards: []string{watermill + "/message/router/middleware.Deduplicator.Middleware"},
})

// Handlers of commands and events, by their type.
var _ = carry(&Traffic{
	Path:    watermill + "/components/cqrs",
	Version: "v1.5.1",
	Source:  "NewEventHandler, EventProcessor.AddHandlers, CommandProcessor.AddHandlers",
	Name:    "the broker", Again: "when it is not acknowledged",
	Handlers: append(
		rows(Handler{Func: Arg1}, watermill+"/components/cqrs.NewEventHandler", watermill+"/components/cqrs.NewCommandHandler"),
		append(rows(Handler{Method: "Handle"},
			watermill+"/components/cqrs.EventProcessor.AddHandlers", watermill+"/components/cqrs.EventProcessor.AddHandler",
			watermill+"/components/cqrs.CommandProcessor.AddHandlers", watermill+"/components/cqrs.CommandProcessor.AddHandler",
			watermill+"/components/cqrs.EventGroupProcessor.AddHandlersGroup"),
			Handler{Name: watermill + "/components/cqrs.NewGroupEventHandler", Func: Arg0})...),
	Deeds: []Deed{
		{Name: watermill + "/components/cqrs.EventBus.Publish", Kind: Publishes},
		{Name: watermill + "/components/cqrs.CommandBus.Send", Kind: Publishes},
	},
})
