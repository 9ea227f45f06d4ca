package catalog

var _ = register(&Library{
	Path:    "net",
	Version: "go1.26.8",
	Default: "until the operating system gives up",
	Source:  "Dialer.Timeout",
	Calls: []Call{
		// "With or without a timeout, the operating system may impose its own earlier
		// timeout. For instance, TCP timeouts are often around 3 minutes" (Dialer.Timeout).
		{Name: "net.Dial", Kind: Dial, Network: Arg0, Peer: Arg1, Advice: "use net.DialTimeout"},
		{Name: "net.DialTimeout", Kind: Dial, Timeout: Arg2, Network: Arg0, Peer: Arg1},
		{Name: "net.DialTCP", Kind: Dial, Network: Arg0, Advice: "use a net.Dialer that sets Timeout"},
		{Name: "net.Dialer.Dial", Kind: Dial, Object: Recv, Network: Arg0, Peer: Arg1},
		{Name: "net.Dialer.DialContext", Kind: Dial, Object: Recv, Context: Arg0, Network: Arg1, Peer: Arg2},
	},
	Types: []Type{
		// A negative Timeout is a deadline in the past: such a dial fails at once.
		{Name: "net.Dialer", Bounds: []string{"Timeout", "Deadline"}, Past: true},
	},
	Listeners: []Listener{
		{Name: "net.Listen", Network: Arg0, Address: Arg1},
		{Name: "net.ListenConfig.Listen", Network: Arg1, Address: Arg2},
	},
	Near: []string{"net.UnixListener"},
})

var _ = register(&Library{
	Path:    "crypto/tls",
	Version: "go1.26.8",
	Default: "for ever, in the handshake",
	Source:  "Dialer.NetDialer",
	Calls: []Call{
		// tls.Dial is DialWithDialer(new(net.Dialer), …); the dialer's timeout covers
		// the handshake too.
		{Name: "crypto/tls.Dial", Kind: Dial, Network: Arg0, Peer: Arg1, Handshake: true, Advice: "use tls.DialWithDialer with a net.Dialer that sets Timeout"},
		{Name: "crypto/tls.DialWithDialer", Kind: Dial, Object: Arg0, Network: Arg1, Peer: Arg2, Handshake: true, Advice: "set the Timeout of its net.Dialer"},
		{Name: "crypto/tls.Dialer.Dial", Kind: Dial, Object: Recv, Network: Arg0, Peer: Arg1, Handshake: true, Advice: "set the Timeout of its net.Dialer"},
		{Name: "crypto/tls.Dialer.DialContext", Kind: Dial, Object: Recv, Context: Arg0, Network: Arg1, Peer: Arg2, Handshake: true, Advice: "set the Timeout of its net.Dialer"},
	},
	Types: []Type{
		{Name: "crypto/tls.Dialer", Inner: []string{"NetDialer"}, Knob: "NetDialer to a net.Dialer with a Timeout"},
	},
	Listeners: []Listener{
		{Name: "crypto/tls.Listen", Network: Arg0, Address: Arg1},
		{Name: "crypto/tls.NewListener", Base: Arg0},
	},
})

const smtpAdvice = "connect with net.DialTimeout, set a deadline on the connection and hand it to smtp.NewClient"

var _ = register(&Library{
	Path:    "net/smtp",
	Version: "go1.26.8",
	Default: "for ever",
	Source:  "Dial, SendMail",
	Calls: []Call{
		// No context and no timeout anywhere in the package: the only bound is a
		// deadline on a connection of one's own, handed to smtp.NewClient.
		{Name: "net/smtp.SendMail", Kind: Dial, Peer: Arg0, Handshake: true, Advice: smtpAdvice},
		{Name: "net/smtp.Dial", Kind: Dial, Peer: Arg0, Handshake: true, Advice: smtpAdvice},
	},
	// "NewClient returns a new Client using an existing connection": it reads the greeting.
	Talkers: []string{"net/smtp.NewClient"},
})

// A Conn reads and writes lines; who makes one waits for the other end's.
var _ = register(&Library{
	Path:    "net/textproto",
	Version: "go1.26.8",
	Talkers: []string{"net/textproto.NewConn"},
})
