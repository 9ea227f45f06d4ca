package catalog

import "slices"

// jobs are libraries that deliver to handlers what the program itself has put aside for later.
var jobs = []string{"github.com/hibiken/asynq", river, machinery, temporal + "/worker"}

// RunsJobs reports whether the library of that path delivers jobs of the program's own.
func RunsJobs(path string) bool { return slices.Contains(jobs, path) }

// PassesArguments reports whether the library of that path calls handlers with what a task was made with as
// arguments, and with no message.
func PassesArguments(path string) bool { return path == machinery }
