package catalog

// SDKs of web services: their clients work through an *http.Client that they are given, or through
// one that has no timeout, and their calls take a context.

// sdkCall returns what a call of an SDK means: its context bounds it, or the HTTP client behind the
// SDK's client.
func sdkCall(sdk string) Call {
	return Call{Kind: Query, Context: Arg0, Advice: sdk + "'s client has no timeout"}
}

// go-github: "If a nil httpClient is provided, a new http.Client will be used" (NewClient),
// which is &http.Client{}.
var _ = register(&Library{
	Path:     "github.com/google/go-github/github",
	Version:  "v62.0.0",
	Default:  "for ever; 30 s to connect",
	Source:   "NewClient",
	Families: []Family{{Call: sdkCall("GitHub")}},
	Equippers: []Equipper{
		{Name: "github.com/google/go-github/github.NewClient", Client: Arg0},
		{Name: "github.com/google/go-github/github.NewEnterpriseClient", Client: Arg2},
		{Name: "github.com/google/go-github/github.NewTokenClient"},
		{Name: "github.com/google/go-github/github.NewClientWithEnvProxy"},
	},
})

// azuredevops.NewClient: &http.Client{}, with connection.Timeout if that is not nil. NewClient of
// the packages below asks the server where it is.
var _ = register(&Library{
	Path:     "github.com/microsoft/azure-devops-go-api/azuredevops",
	Version:  "v7.1.0",
	Default:  "for ever; 30 s to connect",
	Source:   "NewClient, Connection.Timeout",
	Families: []Family{{Deep: true, Functions: true, Call: sdkCall("Azure DevOps")}},
	Fields:   []string{"github.com/microsoft/azure-devops-go-api/azuredevops.Connection.Timeout"},
	Equippers: []Equipper{
		{Name: "github.com/microsoft/azure-devops-go-api/azuredevops.NewPatConnection"},
		{Name: "github.com/microsoft/azure-devops-go-api/azuredevops.NewAnonymousConnection"},
		{Name: "github.com/microsoft/azure-devops-go-api/azuredevops.WithHTTPClient", Client: Arg0},
	},
})

// gitea.NewClient: &http.Client{}. Its calls take no context: what bounds them is the client that
// the SDK is given.
var _ = register(&Library{
	Path:    "code.gitea.io/sdk/gitea",
	Version: "v0.25.1",
	Default: "for ever; 30 s to connect",
	Source:  "NewClient",
	Calls: []Call{
		{Name: "code.gitea.io/sdk/gitea.SetHTTPClient", Kind: Exchange, Object: Arg0, Advice: useClient},
	},
})

// firebase: google.golang.org/api/transport's client, which bounds connecting alone
// (internal.NewHTTPClient). A custom token is signed with the key of the service account, if there
// is one.
var _ = register(&Library{
	Path:    "firebase.google.com/go",
	Version: "v4.19.0",
	Default: "for ever; 30 s to connect",
	Source:  "internal.NewHTTPClient",
	Families: []Family{
		{Path: "firebase.google.com/go/auth", Except: []string{"CustomToken", "CustomTokenWithClaims"}, Call: sdkCall("Firebase")},
		{Path: "firebase.google.com/go/messaging", Call: sdkCall("Firebase")},
	},
	Equippers: []Equipper{
		{Name: "firebase.google.com/go.NewApp"},
		{Name: "google.golang.org/api/option.WithHTTPClient", Client: Arg0},
	},
})

// godo.NewClient: http.DefaultClient, or the client that it is given; with retries, whose client
// has the timeout of the latter. NewRequest sends nothing.
var _ = register(&Library{
	Path:     "github.com/digitalocean/godo",
	Version:  "v1.237.0",
	Default:  "for ever; 30 s to connect",
	Source:   "NewClient, New",
	Families: []Family{{Except: []string{"NewRequest"}, Call: sdkCall("DigitalOcean")}},
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
	Default: "for ever; 30 s to connect",
	Source:  "DefaultConfig",
	Families: []Family{{
		Except: []string{"CreateChatCompletionStream", "CreateCompletionStream", "CreateResponseStream"}, Call: sdkCall("OpenAI"),
	}},
	Fields: []string{"github.com/sashabaranov/go-openai.ClientConfig.HTTPClient"},
	Equippers: []Equipper{
		{Name: "github.com/sashabaranov/go-openai.NewClient"},
		{Name: "github.com/sashabaranov/go-openai.DefaultConfig"},
		{Name: "github.com/sashabaranov/go-openai.DefaultAzureConfig"},
	},
})

// slack.New: &http.Client{}. Methods without Context have the background context (chat.go,
// PostMessage). Connections for events are streams, and have packages or types of their own.
var _ = register(&Library{
	Path:    "github.com/slack-go/slack",
	Version: "v0.35.0",
	Default: "for ever; 30 s to connect",
	Source:  "New, Client.PostMessage",
	Families: []Family{{
		Call: sdkCall("Slack"),
		Twin: &Call{
			Name: "github.com/slack-go/slack.* without a context", Kind: Query, Once: true,
			Advice: "use its twin that ends in Context, with a context from context.WithTimeout",
		},
	}},
	Equippers: []Equipper{
		{Name: "github.com/slack-go/slack.New"},
		{Name: "github.com/slack-go/slack.OptionHTTPClient", Client: Arg0},
	},
})

// go-oidc and oauth2 send their requests by the client that the context carries, and by
// http.DefaultClient if it carries none (oidc.go, doRequest; internal.ContextClient). The keys that
// a provider fetches later do not have the context of NewProvider.
var _ = register(&Library{
	Path:    "github.com/coreos/go-oidc/oidc",
	Version: "v3.21.0",
	Default: "for ever, by http.DefaultClient",
	Source:  "doRequest",
	Calls: concat(
		each(tokenCall, "github.com/coreos/go-oidc/oidc", "NewProvider"),
		each(tokenCall, "github.com/coreos/go-oidc/oidc.Provider", "UserInfo"),
	),
	Hands: []Handover{
		{Name: "github.com/coreos/go-oidc/oidc.ClientContext", Effect: Sets},
		{Name: "github.com/coreos/go-oidc/oidc.InsecureIssuerURLContext", Effect: Keeps, Parent: Arg0},
	},
})
