package catalog

// The client works through Config.Transport, or http.DefaultTransport: it connects within 30 s, and
// waits for the response as long as the context allows. A transport may bound it.
var _ = register(&Library{
	Path:    "github.com/elastic/go-elasticsearch",
	Version: "v8.19.0",
	Source:  "Config.Transport; elastictransport.New",
	Default: "for ever; 30 s to connect",
	Families: []Family{
		{Path: "github.com/elastic/go-elasticsearch/esapi", Call: sdkCall("Elasticsearch")},
		{Path: "github.com/elastic/go-elasticsearch/typedapi", Deep: true, Call: sdkCall("Elasticsearch")},
	},
	Fields: []string{"github.com/elastic/go-elasticsearch.Config.Transport"},
	Equippers: []Equipper{
		{Name: "github.com/elastic/go-elasticsearch.NewClient"},
		{Name: "github.com/elastic/go-elasticsearch.NewDefaultClient"},
		{Name: "github.com/elastic/go-elasticsearch.NewTypedClient"},
	},
})
