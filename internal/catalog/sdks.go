package catalog

// SDKs of web services: their clients work through an *http.Client that they are given, or through
// one that has no timeout, and their calls take a context.

const noSDKTimeout = "its client has no timeout"

// sdkCall is a call of an SDK that its context bounds, or its client.
var sdkCall = Call{Kind: Query, Context: Arg0, Advice: noSDKTimeout}

// go-github: "If a nil httpClient is provided, a new http.Client will be used" (NewClient),
// which is &http.Client{}.
var _ = register(&Library{
	Path:     "github.com/google/go-github/github",
	Version:  "v62.0.0",
	Families: []Family{{Call: sdkCall}},
	Equippers: []Equipper{
		{Name: "github.com/google/go-github/github.NewClient", Client: Arg0},
		{Name: "github.com/google/go-github/github.NewEnterpriseClient", Client: Arg2},
		{Name: "github.com/google/go-github/github.NewTokenClient"},
	},
})

// azuredevops.NewClient: &http.Client{}, with connection.Timeout if that is not nil.
var _ = register(&Library{
	Path:     "github.com/microsoft/azure-devops-go-api/azuredevops",
	Version:  "v7.1.0",
	Families: []Family{{Deep: true, Call: sdkCall}},
	Fields:   []string{"github.com/microsoft/azure-devops-go-api/azuredevops.Connection.Timeout"},
	Equippers: []Equipper{
		{Name: "github.com/microsoft/azure-devops-go-api/azuredevops.NewPatConnection"},
		{Name: "github.com/microsoft/azure-devops-go-api/azuredevops.NewAnonymousConnection"},
	},
})

// gitea.NewClient: &http.Client{}. Its calls take no context: what bounds them is the client that
// the SDK is given.
var _ = register(&Library{
	Path:    "code.gitea.io/sdk/gitea",
	Version: "v0.25.1",
	Calls: []Call{
		{Name: "code.gitea.io/sdk/gitea.SetHTTPClient", Kind: Exchange, Object: Arg0, Advice: useClient},
	},
})

// firebase: google.golang.org/api/transport's client, which bounds connecting alone
// (internal.NewHTTPClient).
var _ = register(&Library{
	Path:    "firebase.google.com/go",
	Version: "v4.19.0",
	Families: []Family{
		{Path: "firebase.google.com/go/auth", Call: sdkCall},
		{Path: "firebase.google.com/go/messaging", Except: []string{"NewClient"}, Call: sdkCall},
	},
	Equippers: []Equipper{
		{Name: "firebase.google.com/go.NewApp"},
		{Name: "google.golang.org/api/option.WithHTTPClient", Client: Arg0},
	},
})

// godo.NewClient: http.DefaultClient, or the client that it is given.
var _ = register(&Library{
	Path:     "github.com/digitalocean/godo",
	Version:  "v1.237.0",
	Families: []Family{{Call: sdkCall}},
	Equippers: []Equipper{
		{Name: "github.com/digitalocean/godo.NewClient", Client: Arg0},
		{Name: "github.com/digitalocean/godo.New", Client: Arg0},
		{Name: "github.com/digitalocean/godo.NewFromToken"},
	},
})

// go-openai's DefaultConfig: &http.Client{}. What a stream waits for is the stream's business.
var _ = register(&Library{
	Path:    "github.com/sashabaranov/go-openai",
	Version: "v1.43.0",
	Families: []Family{{
		Except: []string{"CreateChatCompletionStream", "CreateCompletionStream", "CreateThreadAndStream"}, Call: sdkCall,
	}},
	Fields:    []string{"github.com/sashabaranov/go-openai.ClientConfig.HTTPClient"},
	Equippers: []Equipper{{Name: "github.com/sashabaranov/go-openai.NewClient"}},
})

// slack.New: &http.Client{}. Methods without Context have the background context.
var _ = register(&Library{
	Path:     "github.com/slack-go/slack",
	Version:  "v0.35.0",
	Families: []Family{{Except: []string{"NewRTM"}, Call: sdkCall}},
	Equippers: []Equipper{
		{Name: "github.com/slack-go/slack.New"},
		{Name: "github.com/slack-go/slack.OptionHTTPClient", Client: Arg0},
	},
})

// go-oidc and oauth2 send their requests by the client that the context carries, and by
// http.DefaultClient if it carries none (oidc.go, doRequest; internal.ContextClient).
var _ = register(&Library{
	Path:    "github.com/coreos/go-oidc/oidc",
	Version: "v3.21.0",
	Calls: concat(
		each(sdkCall, "github.com/coreos/go-oidc/oidc", "NewProvider"),
		each(sdkCall, "github.com/coreos/go-oidc/oidc.Provider", "UserInfo"),
	),
	Hands: []Handover{
		{Name: "github.com/coreos/go-oidc/oidc.ClientContext", Effect: Sets},
	},
})
