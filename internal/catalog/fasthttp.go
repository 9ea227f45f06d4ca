package catalog

// fasthttp connects within 3 s, and waits for the response without a bound unless ReadTimeout, or
// the call, or the request, sets one (Client.ReadTimeout: "By default response read timeout is
// unlimited"). GetTimeout and its likes give up, although the request goes on.
var _ = register(&Library{
	Path:    "github.com/valyala/fasthttp",
	Version: "v1.78.0",
	Default: "for ever; 3 s to connect",
	Source:  "Client.ReadTimeout, DefaultDialTimeout",
	Calls: concat(
		each(Call{Kind: Exchange, Advice: "use DoTimeout"}, "github.com/valyala/fasthttp", "Do", "DoRedirects"),
		each(Call{Kind: Exchange, Peer: Arg1, Advice: "use GetTimeout"}, "github.com/valyala/fasthttp", "Get"),
		each(Call{Kind: Exchange, Peer: Arg1, Advice: "use DoTimeout"}, "github.com/valyala/fasthttp", "Post"),
		each(Call{Kind: Exchange, Object: Recv, Advice: "use DoTimeout"}, "github.com/valyala/fasthttp.Client", "Do", "DoRedirects", "Get", "Post"),
		each(Call{Kind: Exchange, Object: Recv, Advice: "use DoTimeout"}, "github.com/valyala/fasthttp.HostClient", "Do", "DoRedirects", "Get", "Post"),
		each(Call{Kind: Serve, Advice: fasthttpServer}, "github.com/valyala/fasthttp", "ListenAndServe", "ListenAndServeTLS"),
		each(Call{Kind: Serve, Listener: Arg0, Advice: fasthttpServer}, "github.com/valyala/fasthttp", "Serve"),
		each(Call{Kind: Serve, Object: Recv}, "github.com/valyala/fasthttp.Server", "ListenAndServe", "ListenAndServeTLS"),
		each(Call{Kind: Serve, Object: Recv, Listener: Arg0}, "github.com/valyala/fasthttp.Server", "Serve", "ServeTLS"),
	),
	Types: []Type{
		// "By default request read timeout is unlimited" (Server.ReadTimeout).
		{Name: "github.com/valyala/fasthttp.Server", Bounds: []string{"ReadTimeout"}},
		{Name: "github.com/valyala/fasthttp.Client", Bounds: []string{"ReadTimeout"}, Hooks: []string{"Dial"}},
		{Name: "github.com/valyala/fasthttp.HostClient", Bounds: []string{"ReadTimeout"}, Hooks: []string{"Dial"}},
	},
	// For the calls of clients; servers have no requests of their own.
	Bounders: []string{"github.com/valyala/fasthttp.Request.SetTimeout"},
})

const fasthttpServer = "serve with a fasthttp.Server that sets ReadTimeout"
