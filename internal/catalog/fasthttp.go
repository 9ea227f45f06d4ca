package catalog

// fasthttp connects within 3 s, and waits for the response without a bound unless ReadTimeout, or
// the call, or the request, sets one (Client.ReadTimeout: "By default response read timeout is
// unlimited"). GetTimeout and its likes give up, although the request goes on.
var _ = register(&Library{
	Path:    "github.com/valyala/fasthttp",
	Version: "v1.78.0",
	Calls: concat(
		each(Call{Kind: Exchange, Advice: "use DoTimeout"}, "github.com/valyala/fasthttp", "Do", "DoRedirects"),
		each(Call{Kind: Exchange, Peer: Arg1, Advice: "use GetTimeout"}, "github.com/valyala/fasthttp", "Get"),
		each(Call{Kind: Exchange, Peer: Arg1, Advice: "use DoTimeout"}, "github.com/valyala/fasthttp", "Post"),
		each(Call{Kind: Exchange, Object: Recv, Advice: "use DoTimeout"}, "github.com/valyala/fasthttp.Client", "Do", "DoRedirects", "Get", "Post"),
		each(Call{Kind: Exchange, Object: Recv, Advice: "use DoTimeout"}, "github.com/valyala/fasthttp.HostClient", "Do", "DoRedirects", "Get", "Post"),
	),
	Types: []Type{
		{Name: "github.com/valyala/fasthttp.Client", Bounds: []string{"ReadTimeout"}, Hooks: []string{"Dial"}},
		{Name: "github.com/valyala/fasthttp.HostClient", Bounds: []string{"ReadTimeout"}, Hooks: []string{"Dial"}},
	},
	Bounders: []string{"github.com/valyala/fasthttp.Request.SetTimeout"},
})
