package catalog

// Mail is sent by rest.DefaultClient, whose HTTPClient is &http.Client{} (rest.go), whatever the
// client it is sent with.
var _ = register(&Library{
	Path:    "github.com/sendgrid/sendgrid-go",
	Version: "v3.16.1",
	Source:  "Client.Send; rest.DefaultClient",
	Default: "for ever; 30 s to connect",
	Calls: concat(
		each(Call{Kind: Query, Context: Arg0, Advice: "SendGrid's client has no timeout"}, "github.com/sendgrid/sendgrid-go.Client", "SendWithContext"),
		each(Call{Kind: Query, Context: Arg0, Advice: "SendGrid's client has no timeout"}, "github.com/sendgrid/sendgrid-go", "MakeRequestWithContext"),
		each(Call{Kind: Query, Once: true, Advice: "use SendWithContext, with a context from context.WithTimeout"}, "github.com/sendgrid/sendgrid-go.Client", "Send"),
		each(Call{Kind: Query, Once: true, Advice: "use MakeRequestWithContext, with a context from context.WithTimeout"}, "github.com/sendgrid/sendgrid-go", "API", "MakeRequest"),
	),
	Fields: []string{"github.com/sendgrid/rest.Client.HTTPClient"},
})
