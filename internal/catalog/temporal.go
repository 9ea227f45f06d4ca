package catalog

const temporal = "go.temporal.io/sdk"

// An activity is retried for ever unless its options say otherwise. One that is registered as a struct
// is all its exported methods. The ids of the workflow and of the activity are the same for all attempts.
var _ = carry(&Traffic{
	Path:    temporal + "/worker",
	Version: "v1.51.0",
	Source:  "ActivityRegistry.RegisterActivity, RetryPolicy; internal.ActivityInfo; workflow.ExecuteActivity, ActivityOptions",
	Name:    "Temporal", Again: "when it fails, times out, or its worker dies",
	Handlers: rows(Handler{Func: Arg0, Method: "*"},
		temporal+"/worker.Worker.RegisterActivity", temporal+"/worker.Worker.RegisterActivityWithOptions",
		temporal+"/worker.Registry.RegisterActivity", temporal+"/worker.Registry.RegisterActivityWithOptions",
		temporal+"/worker.ActivityRegistry.RegisterActivity", temporal+"/worker.ActivityRegistry.RegisterActivityWithOptions"),
	Runs: []string{temporal + "/workflow.ExecuteActivity", temporal + "/workflow.ExecuteLocalActivity"},
	IDs: []string{
		temporal + "/internal.ActivityInfo.ActivityID", temporal + "/internal.ActivityInfo.Attempt",
		temporal + "/internal.ActivityInfo.WorkflowExecution",
	},
})
