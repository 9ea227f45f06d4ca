package loops_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/resilint/resilint/internal/loops"
	"github.com/resilint/resilint/internal/policy"
)

// loopsSeen reports what is known of each loop that is a retry.
var loopsSeen = &analysis.Analyzer{
	Name:     "loopsseen",
	Doc:      "report retries in loops",
	Requires: []*analysis.Analyzer{loops.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		result := pass.ResultOf[loops.Analyzer].(*loops.Result)
		if result == nil {
			return nil, nil
		}
		for _, r := range result.Retries {
			if r.Library == "" {
				pass.Reportf(r.Node.Pos(), "%s", described(r))
			}
		}
		return nil, nil
	},
}

// described describes a retry: "loop attempts=3 bounds=attempts,time exponential jittered
// delay=500ms ceiling=1m0s: http.Client.Get".
func described(r *loops.Retry) string {
	form := map[loops.Form]string{loops.Loop: "loop", loops.Goto: "goto", loops.Recursion: "recursion"}[r.Form]
	if r.Spins {
		form = "spin"
	}
	words := []string{form}
	if r.Attempts > 0 {
		words = append(words, fmt.Sprintf("attempts=%d", r.Attempts))
	}
	words = append(words, "bounds="+bounds(r.Bounds))
	if r.Waits {
		growth := map[policy.Growth]string{
			policy.Opaque: "opaque", policy.Constant: "constant", policy.Linear: "linear",
			policy.Exponential: "exponential", policy.Table: "table",
		}
		words = append(words, growth[r.Growth])
		jitter := map[policy.Jitter]string{policy.Random: "jittered", policy.NotRandom: "even"}
		if r.Growth != policy.Opaque {
			words = append(words, jitter[r.Jitter])
		}
	} else {
		words = append(words, "at once")
	}
	if r.Delay > 0 {
		words = append(words, "delay="+r.Delay.String())
	}
	switch {
	case r.Ceiling > 0:
		words = append(words, "ceiling="+r.Ceiling.String())
	case r.Capped:
		words = append(words, "ceiling")
	}
	if r.Wraps {
		words = append(words, "wraps")
	}
	if r.Ctx != nil && len(r.Sleeps) > 0 {
		words = append(words, "sleeps through "+r.Ctx.Name())
	}
	var ops []string
	for _, op := range r.Ops {
		ops = append(ops, op.Name)
	}
	return strings.Join(words, " ") + ": " + strings.Join(ops, ", ")
}

func TestLoops(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), loopsSeen, "loops/attempts", "loops/bounds", "loops/delays")
}
