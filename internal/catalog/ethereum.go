package catalog

// Over HTTP, requests are sent by new(http.Client), unless DialOptions is given another (rpc/http.go);
// over a websocket, pings notice a node that is gone, not one that does not answer. Subscriptions are
// streams.
var _ = register(&Library{
	Path:    "github.com/ethereum/go-ethereum",
	Version: "v1.12.2",
	Source:  "rpc.DialOptions, rpc.Client.CallContext",
	Default: "for ever; 30 s to connect",
	Families: []Family{
		{
			Path:   "github.com/ethereum/go-ethereum/ethclient",
			Except: []string{"SubscribeNewHead", "SubscribeFilterLogs"},
			Call:   sdkCall("Ethereum"),
		},
		{
			Path:   "github.com/ethereum/go-ethereum/rpc",
			Except: []string{"Subscribe", "EthSubscribe", "ShhSubscribe", "Notify"},
			Call:   sdkCall("Ethereum"),
			Twin: &Call{
				Name: "github.com/ethereum/go-ethereum/rpc.* without a context", Kind: Query, Once: true,
				Advice: "use its twin that ends in Context, with a context from context.WithTimeout",
			},
		},
	},
	Equippers: []Equipper{
		{Name: "github.com/ethereum/go-ethereum/ethclient.Dial"},
		{Name: "github.com/ethereum/go-ethereum/ethclient.DialContext"},
		{Name: "github.com/ethereum/go-ethereum/rpc.Dial"},
		{Name: "github.com/ethereum/go-ethereum/rpc.DialContext"},
		{Name: "github.com/ethereum/go-ethereum/rpc.DialHTTP"},
		{Name: "github.com/ethereum/go-ethereum/rpc.DialHTTPWithClient", Client: Arg1},
		{Name: "github.com/ethereum/go-ethereum/rpc.WithHTTPClient", Client: Arg0},
	},
})
