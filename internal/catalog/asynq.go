package catalog

import "go/types"

const asynq = "github.com/hibiken/asynq"

// A task that fails, times out or whose worker dies is run again, 25 times by default. Unique and
// TaskID keep it from being queued twice, not from being run twice.
var _ = carry(&Traffic{
	Path:    asynq,
	Version: "v0.26.0",
	Source:  "Handler, defaultMaxRetry, ProcessIn",
	Name:    "asynq", Again: "when it fails, times out, or its worker dies",
	Shapes: []Shape{{Params: []string{"context.Context", asynq + ".Task"}, Results: []string{"error"}}},
	Deeds: []Deed{
		{Name: asynq + ".Client.Enqueue", Kind: Publishes},
		{Name: asynq + ".Client.EnqueueContext", Kind: Publishes},
	},
	Retries: []string{asynq + ".MaxRetry"},
	Later:   []string{asynq + ".ProcessIn", asynq + ".ProcessAt"},
	Guards:  []string{asynq + ".TaskID", asynq + ".Unique"},
	Absent:  []string{asynq + ".ErrDuplicateTask", asynq + ".ErrTaskIDConflict"},
})

// MakesJob returns the path of the library for which fn makes a job, whose kind is its first argument, or "".
func MakesJob(fn *types.Func) string {
	if Name(fn) == asynq+".NewTask" {
		return asynq
	}
	return ""
}

// RegistersJob returns the path of the library that fn tells which handler does the jobs of a kind, or "".
func RegistersJob(fn *types.Func) string {
	switch Name(fn) {
	case asynq + ".ServeMux.HandleFunc", asynq + ".ServeMux.Handle":
		return asynq
	}
	return ""
}
