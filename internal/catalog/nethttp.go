package catalog

const useClient = "use an http.Client that sets Timeout"

var _ = register(&Library{
	Path:    "net/http",
	Version: "go1.26.8",
	Default: "for ever; 30 s to connect",
	Source:  "Client.Timeout, DefaultTransport, Server.ReadHeaderTimeout",
	Calls: []Call{
		// "A Timeout of zero means no timeout" (Client.Timeout); DefaultClient is &Client{}.
		{Name: "net/http.Get", Kind: Exchange, Global: "net/http.DefaultClient", Peer: Arg0, Advice: useClient},
		{Name: "net/http.Head", Kind: Exchange, Global: "net/http.DefaultClient", Peer: Arg0, Advice: useClient},
		{Name: "net/http.Post", Kind: Exchange, Global: "net/http.DefaultClient", Peer: Arg0, Advice: useClient},
		{Name: "net/http.PostForm", Kind: Exchange, Global: "net/http.DefaultClient", Peer: Arg0, Advice: useClient},
		{Name: "net/http.Client.Get", Kind: Exchange, Object: Recv, Peer: Arg0, Advice: useClient},
		{Name: "net/http.Client.Head", Kind: Exchange, Object: Recv, Peer: Arg0, Advice: useClient},
		{Name: "net/http.Client.Post", Kind: Exchange, Object: Recv, Peer: Arg0, Advice: useClient},
		{Name: "net/http.Client.PostForm", Kind: Exchange, Object: Recv, Peer: Arg0, Advice: useClient},
		{Name: "net/http.Client.Do", Kind: Exchange, Object: Recv, Request: Arg0, Advice: useClient},

		// "If zero, the value of ReadTimeout is used. If negative, or if zero and
		// ReadTimeout is zero or negative, there is no timeout" (Server.ReadHeaderTimeout).
		{Name: "net/http.ListenAndServe", Kind: Serve, Listener: Arg0},
		{Name: "net/http.ListenAndServeTLS", Kind: Serve, Listener: Arg0},
		{Name: "net/http.Serve", Kind: Serve, Listener: Arg0},
		{Name: "net/http.ServeTLS", Kind: Serve, Listener: Arg0},
		{Name: "net/http.Server.ListenAndServe", Kind: Serve, Object: Recv},
		{Name: "net/http.Server.ListenAndServeTLS", Kind: Serve, Object: Recv},
		{Name: "net/http.Server.Serve", Kind: Serve, Object: Recv, Listener: Arg0},
		{Name: "net/http.Server.ServeTLS", Kind: Serve, Object: Recv, Listener: Arg0},
	},
	Types: []Type{
		{Name: "net/http.Client", Bounds: []string{"Timeout"}, Inner: []string{"Transport"}},
		// DefaultTransport connects within 30 s and shakes hands within 10 s, and so do
		// tuned transports: that leaves the response unbounded. Only
		// ResponseHeaderTimeout waits for the peer's answer, and not for its body.
		{
			Name:      "net/http.Transport",
			Phases:    []string{"ResponseHeaderTimeout"},
			Handshake: "TLSHandshakeTimeout", // 10 s in DefaultTransport; "Zero means no timeout"
			Hooks:     []string{"Dial", "DialContext", "DialTLS", "DialTLSContext"},
		},
		{Name: "net/http.Server", Bounds: []string{"ReadHeaderTimeout", "ReadTimeout"}, Address: "Addr", Handler: "Handler", Answer: "WriteTimeout"},
	},
	// An interface with this method stands for an *http.Client.
	Shapes: []Shape{
		{Method: "Do", Params: []string{"net/http.Request"}, Results: []string{"net/http.Response", "error"}, Call: "net/http.Client.Do"},
	},
	// "Requests to h that run longer than dt get a 503"; the request's context ends then, too.
	Limiters: []Limiter{{Name: "net/http.TimeoutHandler", Handler: Arg0, Timeout: Arg1}},
	Globals:  []string{"net/http.DefaultClient", "net/http.DefaultTransport"},
	Makers: []Maker{
		{Name: "net/http.Transport.Clone", Type: "net/http.Transport", Base: Recv},
	},
	Hands: []Handover{
		{Name: "net/http.NewRequest", Effect: Drops},
		{Name: "net/http.NewRequestWithContext", Effect: Keeps, Parent: Arg0},
		{Name: "net/http.Request.WithContext", Effect: Keeps, Parent: Arg0},
		{Name: "net/http.Request.Clone", Effect: Keeps, Parent: Arg0},
		// Of a handler's request this is the caller's business; of one made here it is
		// the context it was made with.
		{Name: "net/http.Request.Context", Effect: Keeps, Parent: Recv},
	},
})
