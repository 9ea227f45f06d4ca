package catalog

// go-plugin starts a program and speaks gRPC with it, over a Unix socket or the loopback, and pings
// it. Who writes a plugin's client is given the connection together with the broker, which dials the
// way back. Programs that only start plugins see neither: their gRPC calls are like any others.
var _ = register(&Library{
	Path:    "github.com/hashicorp/go-plugin",
	Version: "v1.8.0",
	Source:  "GRPCPlugin.GRPCClient, GRPCBroker.Dial, GRPCClient.Conn",
	Brokers: []string{
		"github.com/hashicorp/go-plugin.GRPCBroker",
		"github.com/hashicorp/go-plugin.GRPCClient",
	},
	Local: []string{"google.golang.org/grpc"},
})
