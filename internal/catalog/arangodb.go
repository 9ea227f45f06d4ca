package catalog

// arangodb's connections are &http.Client{} with a dialer of 30 s (connection_http_internal.go; in
// v1, of v1.6.7, http/connection.go).
var _ = register(&Library{
	Path:     "github.com/arangodb/go-driver",
	Version:  "v2.4.1",
	Default:  "for ever; 30 s to connect",
	Source:   "connection.newHttpConnection",
	Families: []Family{{Deep: true, Call: Call{Kind: Query, Context: Arg0, Advice: "ArangoDB's client sets none"}}},
	Equippers: []Equipper{
		{Name: "github.com/arangodb/go-driver/connection.NewHttpConnection"},
		{Name: "github.com/arangodb/go-driver/connection.NewHttp2Connection"},
		{Name: "github.com/arangodb/go-driver/http.NewConnection"},
	},
})
