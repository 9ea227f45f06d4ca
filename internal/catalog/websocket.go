package catalog

// DefaultDialer sets a HandshakeTimeout of 45 s; a Dialer literal sets none. Reads on the
// open connection are a stream's business.
var _ = register(&Library{
	Path:    "github.com/gorilla/websocket",
	Version: "v1.5.3",
	Default: "for ever; DefaultDialer 45 s",
	Source:  "Dialer.HandshakeTimeout",
	Calls: []Call{
		{Name: "github.com/gorilla/websocket.Dialer.Dial", Kind: Dial, Object: Recv, Peer: Arg0, Handshake: true, Advice: "give it a context with a deadline"},
		{Name: "github.com/gorilla/websocket.Dialer.DialContext", Kind: Dial, Object: Recv, Context: Arg0, Peer: Arg1, Handshake: true, Advice: "give it a context with a deadline"},
	},
	Types: []Type{
		{Name: "github.com/gorilla/websocket.Dialer", Bounds: []string{"HandshakeTimeout"}, Past: true},
	},
})

// DialOptions.HTTPClient is DefaultClient when nil; Dial turns its Timeout into a deadline.
var _ = register(&Library{
	Path:    "github.com/coder/websocket",
	Version: "v1.8.15",
	Default: "for ever, by http.DefaultClient",
	Source:  "DialOptions.HTTPClient",
	Keepers: []string{"github.com/coder/websocket.NetConn", "github.com/coder/websocket.Conn.CloseRead"},
	Calls: []Call{
		{Name: "github.com/coder/websocket.Dial", Kind: Dial, Context: Arg0, Options: Arg2, Peer: Arg1, Handshake: true, Advice: "give it a context with a deadline"},
	},
	Types: []Type{
		{Name: "github.com/coder/websocket.DialOptions", Inner: []string{"HTTPClient"}},
	},
})

// nhooyr.io/websocket is the former home of coder/websocket.
var _ = register(&Library{
	Path:    "nhooyr.io/websocket",
	Version: "v1.8.17",
	Default: "for ever, by http.DefaultClient",
	Source:  "DialOptions.HTTPClient",
	Keepers: []string{"nhooyr.io/websocket.NetConn", "nhooyr.io/websocket.Conn.CloseRead"},
	Calls: []Call{
		{Name: "nhooyr.io/websocket.Dial", Kind: Dial, Context: Arg0, Options: Arg2, Peer: Arg1, Handshake: true, Advice: "give it a context with a deadline"},
	},
	Types: []Type{
		{Name: "nhooyr.io/websocket.DialOptions", Inner: []string{"HTTPClient"}},
	},
})
