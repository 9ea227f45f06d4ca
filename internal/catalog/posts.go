package catalog

// Requests that are a POST or a PATCH, where they are made or sent.

var _ = carry(&Traffic{
	Path: "net/http", Version: "Go 1.26", Source: "NewRequest, Client.Post",
	Deeds: []Deed{
		{Name: "net/http.NewRequest", Kind: Posts, Verb: Arg0, URL: Arg1},
		{Name: "net/http.NewRequestWithContext", Kind: Posts, Verb: Arg1, URL: Arg2},
		{Name: "net/http.Post", Kind: Posts, URL: Arg0},
		{Name: "net/http.PostForm", Kind: Posts, URL: Arg0},
		{Name: "net/http.Client.Post", Kind: Posts, URL: Arg0},
		{Name: "net/http.Client.PostForm", Kind: Posts, URL: Arg0},
	},
	Keys: []Key{
		{Name: "net/http.Header.Set", Header: Arg0, Value: Arg1},
		{Name: "net/http.Header.Add", Header: Arg0, Value: Arg1},
	},
})

var _ = carry(&Traffic{
	Path: "github.com/hashicorp/go-retryablehttp", Version: "v0.7.8", Source: "NewRequest, Client.Post",
	Deeds: []Deed{
		{Name: "github.com/hashicorp/go-retryablehttp.NewRequest", Kind: Posts, Verb: Arg0, URL: Arg1},
		{Name: "github.com/hashicorp/go-retryablehttp.NewRequestWithContext", Kind: Posts, Verb: Arg1, URL: Arg2},
		{Name: "github.com/hashicorp/go-retryablehttp.Post", Kind: Posts, URL: Arg0},
		{Name: "github.com/hashicorp/go-retryablehttp.PostForm", Kind: Posts, URL: Arg0},
		{Name: "github.com/hashicorp/go-retryablehttp.Client.Post", Kind: Posts, URL: Arg0},
		{Name: "github.com/hashicorp/go-retryablehttp.Client.PostForm", Kind: Posts, URL: Arg0},
	},
})

var _ = carry(&Traffic{
	Path: "github.com/go-resty/resty", Version: "v2.17.2", Source: "Request.Post, Request.SetHeader",
	Deeds: []Deed{
		{Name: "github.com/go-resty/resty.Request.Post", Kind: Posts, URL: Arg0},
		{Name: "github.com/go-resty/resty.Request.Patch", Kind: Posts, URL: Arg0},
		{Name: "github.com/go-resty/resty.Request.Execute", Kind: Posts, Verb: Arg0, URL: Arg1},
	},
	Keys: []Key{{Name: "github.com/go-resty/resty.Request.SetHeader", Header: Arg0, Value: Arg1}},
})
