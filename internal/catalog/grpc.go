package catalog

// A gRPC call waits for its context alone: there is no default deadline, and a connection
// that cannot be established is retried for as long. Generated stubs end in Invoke; their
// interfaces are told by their options. What a stream waits for is the stream's business.
var _ = register(&Library{
	Path:    "google.golang.org/grpc",
	Version: "v1.77.0",
	Default: "for ever",
	Source:  "ClientConn.Invoke; CallOption: no default deadline",
	Calls: []Call{
		{Name: "google.golang.org/grpc.ClientConn.Invoke", Kind: Query, Context: Arg0, Advice: "gRPC sets none"},
		{Name: "google.golang.org/grpc.ClientConnInterface.Invoke", Kind: Query, Context: Arg0, Advice: "gRPC sets none"},
	},
	Shapes: []Shape{
		{
			Params:  []string{"context.Context", "", "...google.golang.org/grpc.CallOption"},
			Results: []string{"", "error"},
			Call:    "google.golang.org/grpc.ClientConn.Invoke",
		},
	},
	// A service config can give methods a timeout, an interceptor every call.
	Bounders: []string{
		"google.golang.org/grpc.WithDefaultServiceConfig",
		"google.golang.org/grpc.WithTimeout",
		"github.com/grpc-ecosystem/go-grpc-middleware/interceptors/timeout.UnaryClientInterceptor",
		"github.com/grpc-ecosystem/go-grpc-middleware/interceptors/retry.WithPerRetryTimeout",
		"github.com/grpc-ecosystem/go-grpc-middleware/retry.WithPerRetryTimeout",
	},
	Invoker: "google.golang.org/grpc.UnaryInvoker",
})
