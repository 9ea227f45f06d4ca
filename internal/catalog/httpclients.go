package catalog

// retryableHTTP retries four times with 1 s to 30 s between, through a client from
// cleanhttp.DefaultPooledClient, which has no timeout: each attempt can hang.
var _ = register(&Library{
	Path:    "github.com/hashicorp/go-retryablehttp",
	Version: "v0.7.8",
	Default: "for ever, each of 5 attempts",
	Source:  "NewClient; cleanhttp.DefaultPooledClient",
	Retries: "5 attempts, 1 s to 30 s apart, without jitter",
	Knobs:   retryableKnobs, Timetables: retryableTimetables,
	Calls: []Call{
		{Name: "github.com/hashicorp/go-retryablehttp.Client.Get", Kind: Exchange, Object: Recv, Peer: Arg0},
		{Name: "github.com/hashicorp/go-retryablehttp.Client.Head", Kind: Exchange, Object: Recv, Peer: Arg0},
		{Name: "github.com/hashicorp/go-retryablehttp.Client.Post", Kind: Exchange, Object: Recv, Peer: Arg0},
		{Name: "github.com/hashicorp/go-retryablehttp.Client.PostForm", Kind: Exchange, Object: Recv, Peer: Arg0},
		{Name: "github.com/hashicorp/go-retryablehttp.Client.Do", Kind: Exchange, Object: Recv, Request: Arg0},
	},
	Types: []Type{
		{Name: "github.com/hashicorp/go-retryablehttp.Client", Inner: []string{"HTTPClient"}, Knob: "HTTPClient.Timeout"},
	},
	Makers: []Maker{
		{Name: "github.com/hashicorp/go-retryablehttp.NewClient", Type: "github.com/hashicorp/go-retryablehttp.Client"},
		{Name: "github.com/hashicorp/go-retryablehttp.Client.StandardClient", Type: "net/http.Client", Base: Recv},
	},
	Hands: []Handover{
		{Name: "github.com/hashicorp/go-retryablehttp.NewRequest", Effect: Drops},
		{Name: "github.com/hashicorp/go-retryablehttp.NewRequestWithContext", Effect: Keeps, Parent: Arg0},
		{Name: "github.com/hashicorp/go-retryablehttp.FromRequest", Effect: Keeps, Parent: Arg0},
		{Name: "github.com/hashicorp/go-retryablehttp.Request.WithContext", Effect: Keeps, Parent: Arg0},
	},
})

// cleanHTTP's clients have transports of their own (dial 30 s, TLS 10 s) and no timeout.
var _ = register(&Library{
	Path:    "github.com/hashicorp/go-cleanhttp",
	Version: "v0.5.2",
	Default: "for ever; 30 s to connect",
	Source:  "DefaultPooledTransport",
	Makers: []Maker{
		{Name: "github.com/hashicorp/go-cleanhttp.DefaultClient", Type: "net/http.Client"},
		{Name: "github.com/hashicorp/go-cleanhttp.DefaultPooledClient", Type: "net/http.Client"},
		{Name: "github.com/hashicorp/go-cleanhttp.DefaultTransport", Type: "net/http.Transport"},
		{Name: "github.com/hashicorp/go-cleanhttp.DefaultPooledTransport", Type: "net/http.Transport"},
	},
})

// tokenCall is a request for a token, sent by the client that the context carries, or by
// http.DefaultClient.
var tokenCall = Call{Kind: Query, Context: Arg0, Global: "net/http.DefaultClient", Advice: "http.DefaultClient, which sends it, has no timeout"}

// oauth2 takes transport and timeout from the client that the context carries under
// oauth2.HTTPClient; a context that carries none gives DefaultClient's.
var _ = register(&Library{
	Path:    "golang.org/x/oauth2",
	Version: "v0.37.0",
	Default: "for ever, by http.DefaultClient",
	Source:  "internal.ContextClient",
	Calls:   each(tokenCall, "golang.org/x/oauth2.Config", "Exchange", "PasswordCredentialsToken", "DeviceAuth"),
	Makers: []Maker{
		{Name: "golang.org/x/oauth2.NewClient", Type: "net/http.Client", Context: Arg0},
		{Name: "golang.org/x/oauth2.Config.Client", Type: "net/http.Client", Context: Arg0},
	},
})

var _ = register(&Library{
	Path:    "golang.org/x/oauth2/clientcredentials",
	Version: "v0.37.0",
	Default: "for ever, by http.DefaultClient",
	Source:  "internal.ContextClient",
	Calls:   each(tokenCall, "golang.org/x/oauth2/clientcredentials.Config", "Token"),
	Makers: []Maker{
		{Name: "golang.org/x/oauth2/clientcredentials.Config.Client", Type: "net/http.Client", Context: Arg0},
	},
})

// resty wraps an http.Client without timeout unless SetTimeout is called.
var _ = register(&Library{
	Path:    "github.com/go-resty/resty",
	Version: "v2.17.2",
	Default: "for ever; 30 s to connect",
	Source:  "createClient, Client.SetTimeout",
	Retries: "no retry, until SetRetryCount",
	Knobs:   restyKnobs, Timetables: restyTimetables,
	Calls: []Call{
		{Name: "github.com/go-resty/resty.Request.Get", Kind: Exchange, Object: Recv, Request: Recv, Peer: Arg0},
		{Name: "github.com/go-resty/resty.Request.Head", Kind: Exchange, Object: Recv, Request: Recv, Peer: Arg0},
		{Name: "github.com/go-resty/resty.Request.Post", Kind: Exchange, Object: Recv, Request: Recv, Peer: Arg0},
		{Name: "github.com/go-resty/resty.Request.Put", Kind: Exchange, Object: Recv, Request: Recv, Peer: Arg0},
		{Name: "github.com/go-resty/resty.Request.Patch", Kind: Exchange, Object: Recv, Request: Recv, Peer: Arg0},
		{Name: "github.com/go-resty/resty.Request.Delete", Kind: Exchange, Object: Recv, Request: Recv, Peer: Arg0},
		{Name: "github.com/go-resty/resty.Request.Options", Kind: Exchange, Object: Recv, Request: Recv, Peer: Arg0},
		{Name: "github.com/go-resty/resty.Request.Execute", Kind: Exchange, Object: Recv, Request: Recv, Peer: Arg1},
		{Name: "github.com/go-resty/resty.Request.Send", Kind: Exchange, Object: Recv, Request: Recv},
	},
	Types: []Type{
		{
			Name:    "github.com/go-resty/resty.Client",
			Setters: []Setter{{Name: "SetTimeout", Value: Arg0}},
			Chain:   true,
		},
		{Name: "github.com/go-resty/resty.Request", Chain: true},
	},
	Makers: []Maker{
		{Name: "github.com/go-resty/resty.New", Type: "github.com/go-resty/resty.Client"},
		{Name: "github.com/go-resty/resty.NewWithClient", Type: "github.com/go-resty/resty.Client", Base: Arg0},
		{Name: "github.com/go-resty/resty.Client.R", Base: Recv},
		{Name: "github.com/go-resty/resty.Client.NewRequest", Base: Recv},
		{Name: "github.com/go-resty/resty.Request.SetContext", Base: Recv},
	},
	Hands: []Handover{
		{Name: "github.com/go-resty/resty.Client.R", Effect: Drops},
		{Name: "github.com/go-resty/resty.Client.NewRequest", Effect: Drops},
		{Name: "github.com/go-resty/resty.Request.SetContext", Effect: Keeps, Parent: Arg0, InPlace: true},
	},
})

// otelHTTP's transport traces and adds no bound.
var _ = register(&Library{
	Path:    "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp",
	Version: "v0.63.0",
	Default: "for ever",
	Source:  "DefaultClient",
	Calls: []Call{
		{Name: "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp.Get", Kind: Exchange, Global: "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp.DefaultClient", Context: Arg0, Peer: Arg1, Advice: "give it a context with a deadline"},
		{Name: "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp.Head", Kind: Exchange, Global: "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp.DefaultClient", Context: Arg0, Peer: Arg1, Advice: "give it a context with a deadline"},
		{Name: "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp.Post", Kind: Exchange, Global: "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp.DefaultClient", Context: Arg0, Peer: Arg1, Advice: "give it a context with a deadline"},
		{Name: "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp.PostForm", Kind: Exchange, Global: "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp.DefaultClient", Context: Arg0, Peer: Arg1, Advice: "give it a context with a deadline"},
	},
	Globals: []string{"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp.DefaultClient"},
	Makers: []Maker{
		{Name: "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp.NewTransport", Base: Arg0},
	},
})
