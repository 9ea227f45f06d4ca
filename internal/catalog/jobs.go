package catalog

import "slices"

// jobs are libraries that deliver to handlers what the program itself has put aside for later.
var jobs = []string{"github.com/hibiken/asynq", "github.com/riverqueue/river", "go.temporal.io/sdk/worker"}

// RunsJobs reports whether the library of that path delivers jobs of the program's own.
func RunsJobs(path string) bool { return slices.Contains(jobs, path) }
