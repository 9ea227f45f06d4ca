package catalog

const cloudEvents = "github.com/cloudevents/sdk-go"

// The sender of an event repeats it until it is answered with 2xx. Source and id together are the same
// for all of its deliveries.
var _ = carry(&Traffic{
	Path:    cloudEvents,
	Version: "v2.16.2",
	Source:  "client.Client.StartReceiver, client.NewHTTPReceiveHandler, event.Event.ID",
	Name:    "the sender of the event", Again: "when it gets no 2xx in time",
	Handlers: []Handler{
		{Name: cloudEvents + "/client.Client.StartReceiver", Func: Arg1},
		{Name: cloudEvents + "/client.NewHTTPReceiveHandler", Func: Arg2},
	},
	Deeds:  []Deed{{Name: cloudEvents + "/client.Client.Send", Kind: Publishes}},
	Guards: []string{cloudEvents + "/event.Event.ID", cloudEvents + "/event.EventReader.ID"},
})
