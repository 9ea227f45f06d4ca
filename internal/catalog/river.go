package catalog

const river = "github.com/riverqueue/river"

// A job that fails, or whose worker dies, is worked again: 25 attempts by default. Unique jobs are queued
// once, not worked once.
var _ = carry(&Traffic{
	Path:    river,
	Version: "v0.51.2",
	Source:  "Worker, WorkFunc, MaxAttemptsDefault; Client.Insert, InsertOpts.UniqueOpts",
	Name:    "river", Again: "when it fails, times out, or its worker dies",
	Handlers: []Handler{{Name: river + ".WorkFunc", Func: Arg0}},
	Shapes:   []Shape{{Method: "Work", Params: []string{"context.Context", river + ".Job"}, Results: []string{"error"}}},
	Deeds:    []Deed{{Name: river + ".Client.Insert", Kind: Publishes}, {Name: river + ".Client.InsertMany", Kind: Publishes}},
	IDs:      []string{river + ".InsertOpts.UniqueOpts"},
})

// TypedJobs is the path of the library that tells kinds of jobs by the types of their arguments: TypedJobs.Job[mail].
const TypedJobs = river
