package catalog

// An activity is retried for ever unless its options say otherwise.
var _ = carry(&Traffic{
	Path:    "go.temporal.io/sdk/worker",
	Version: "v1.50.0",
	Source:  "Registry.RegisterActivity, RetryPolicy",
	Name:    "Temporal", Again: "when it fails, times out, or its worker dies",
	Handlers: []Handler{
		{Name: "go.temporal.io/sdk/worker.Worker.RegisterActivity", Func: Arg0},
		{Name: "go.temporal.io/sdk/worker.Registry.RegisterActivity", Func: Arg0},
		{Name: "go.temporal.io/sdk/worker.ActivityRegistry.RegisterActivity", Func: Arg0},
	},
})
