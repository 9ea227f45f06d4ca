package catalog

import (
	"go/types"
	"slices"
)

// jobs are libraries that deliver to handlers what the program itself has put aside for later.
var jobs = []string{"github.com/hibiken/asynq", river, machinery, temporal + "/worker"}

// RunsJobs reports whether the library of that path delivers jobs of the program's own.
func RunsJobs(path string) bool { return slices.Contains(jobs, path) }

// PassesArguments reports whether the library of that path calls handlers with what a task was made with as
// arguments, and with no message.
func PassesArguments(path string) bool { return path == machinery }

// QueuedBy returns the path of the library of jobs by which fn puts one aside for later, or "".
func QueuedBy(fn *types.Func) string {
	if deed := DeedOf(fn); deed == nil || deed.Kind != Publishes {
		return ""
	}
	if path := Path(fn.Pkg().Path()); RunsJobs(path) {
		return path
	}
	return ""
}
