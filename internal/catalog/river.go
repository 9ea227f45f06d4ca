package catalog

// A job that fails, or whose worker dies, is worked again: 25 attempts by default.
var _ = carry(&Traffic{
	Path:    "github.com/riverqueue/river",
	Version: "v0.51.1",
	Source:  "Worker, MaxAttemptsDefault",
	Name:    "river", Again: "when it fails, times out, or its worker dies",
	Shapes: []Shape{{Method: "Work", Params: []string{"context.Context", "github.com/riverqueue/river.Job"}, Results: []string{"error"}}},
})
