package catalog

var _ = register(&Library{
	Path:    "context",
	Version: "go1.26.8",
	Hands: []Handover{
		{Name: "context.Background", Effect: Drops},
		{Name: "context.TODO", Effect: Drops},
		{Name: "context.WithTimeout", Effect: Sets, Parent: Arg0, Timeout: Arg1},
		{Name: "context.WithTimeoutCause", Effect: Sets, Parent: Arg0, Timeout: Arg1},
		{Name: "context.WithDeadline", Effect: Sets, Parent: Arg0, Deadline: Arg1},
		{Name: "context.WithDeadlineCause", Effect: Sets, Parent: Arg0, Deadline: Arg1},
		{Name: "context.WithCancel", Effect: Keeps, Parent: Arg0},
		{Name: "context.WithCancelCause", Effect: Keeps, Parent: Arg0},
		{Name: "context.WithValue", Effect: Keeps, Parent: Arg0},
		{Name: "context.WithoutCancel", Effect: Drops, Parent: Arg0},
		{Name: "os/signal.NotifyContext", Effect: Keeps, Parent: Arg0},
		{Name: "runtime/pprof.WithLabels", Effect: Keeps, Parent: Arg0},
		{Name: "net/http/httptrace.WithClientTrace", Effect: Keeps, Parent: Arg0},
	},
})

var _ = register(&Library{
	Path:    "golang.org/x/sync/errgroup",
	Version: "v0.24.0",
	Hands: []Handover{
		// The second result is the context; a handover is looked up by function, and
		// the first result, the group, is never asked for one.
		{Name: "golang.org/x/sync/errgroup.WithContext", Effect: Keeps, Parent: Arg0},
	},
})

var _ = register(&Library{
	Path:    "go.opentelemetry.io/otel",
	Version: "v1.38.0",
	Hands: []Handover{
		{Name: "go.opentelemetry.io/otel/trace.Tracer.Start", Effect: Keeps, Parent: Arg0},
		{Name: "go.opentelemetry.io/otel/trace.ContextWithSpan", Effect: Keeps, Parent: Arg0},
		{Name: "go.opentelemetry.io/otel/trace.ContextWithSpanContext", Effect: Keeps, Parent: Arg0},
		{Name: "go.opentelemetry.io/otel/baggage.ContextWithBaggage", Effect: Keeps, Parent: Arg0},
	},
})

var _ = register(&Library{
	Path:    "google.golang.org/grpc/metadata",
	Version: "v1.85.0",
	Hands: []Handover{
		{Name: "google.golang.org/grpc/metadata.NewOutgoingContext", Effect: Keeps, Parent: Arg0},
		{Name: "google.golang.org/grpc/metadata.AppendToOutgoingContext", Effect: Keeps, Parent: Arg0},
	},
})
