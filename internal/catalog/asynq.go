package catalog

// A task that fails, times out or whose worker dies is run again, 25 times by default. Unique and
// TaskID keep it from being queued twice, not from being run twice.
var _ = carry(&Traffic{
	Path:    "github.com/hibiken/asynq",
	Version: "v0.26.0",
	Source:  "Handler, defaultMaxRetry, ProcessIn",
	Name:    "asynq", Again: "when it fails, times out, or its worker dies",
	Shapes: []Shape{{Params: []string{"context.Context", "github.com/hibiken/asynq.Task"}, Results: []string{"error"}}},
	Deeds: []Deed{
		{Name: "github.com/hibiken/asynq.Client.Enqueue", Kind: Publishes},
		{Name: "github.com/hibiken/asynq.Client.EnqueueContext", Kind: Publishes},
	},
	Retries: []string{"github.com/hibiken/asynq.MaxRetry"},
	Later:   []string{"github.com/hibiken/asynq.ProcessIn", "github.com/hibiken/asynq.ProcessAt"},
	Guards:  []string{"github.com/hibiken/asynq.TaskID", "github.com/hibiken/asynq.Unique"},
	Absent:  []string{"github.com/hibiken/asynq.ErrDuplicateTask", "github.com/hibiken/asynq.ErrTaskIDConflict"},
})
