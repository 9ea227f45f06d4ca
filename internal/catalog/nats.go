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
})
