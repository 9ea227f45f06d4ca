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

// librariesSeen reports what is known of each call of a retry library.
var librariesSeen = &analysis.Analyzer{
	Name:     "librariesseen",
	Doc:      "report retries by library",
	Requires: []*analysis.Analyzer{loops.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		result := pass.ResultOf[loops.Analyzer].(*loops.Result)
		if result == nil {
			return nil, nil
		}
		for _, r := range result.Retries {
			if r.Library != "" {
				text := seen(r)
				if strings.HasSuffix(pass.Pkg.Path(), "/ops") || strings.HasSuffix(pass.Pkg.Path(), "/clients") {
					for _, op := range r.Ops {
						text += " op=" + op.Name
					}
				}
				pass.Reportf(r.Node.Pos(), "%s", text)
			}
		}
		return nil, nil
	},
}

// seen describes a retry: "cenkalti/backoff: attempts=3 bounds=attempts,time growth=exponential
// jitter=random delay=500ms ceiling=1m0s".
func seen(r *loops.Retry) string {
	if r.Form != loops.Library {
		return r.Library + ": " + r.Misuse
	}
	words := []string{fmt.Sprintf("%s: attempts=%d bounds=%s", r.Library, r.Attempts, bounds(r.Bounds))}
	if !r.Waits {
		words = append(words, "growth=none")
	} else {
		growth := map[policy.Growth]string{
			policy.Opaque: "opaque", policy.Constant: "constant", policy.Linear: "linear",
			policy.Exponential: "exponential", policy.Table: "table",
		}
		jitter := map[policy.Jitter]string{policy.MayBeRandom: "opaque", policy.Random: "random", policy.NotRandom: "none"}
		words = append(words, "growth="+growth[r.Growth], "jitter="+jitter[r.Jitter])
	}
	if r.Delay > 0 {
		words = append(words, "delay="+r.Delay.String())
	}
	switch {
	case r.Ceiling > 0:
		words = append(words, "ceiling="+r.Ceiling.String())
	case r.Capped:
		words = append(words, "ceiling=some")
	}
	if r.Wraps {
		words = append(words, "wraps")
	}
	if r.Ctx != nil {
		words = append(words, "ignores="+r.Ctx.Name())
	}
	if r.Misuse != "" {
		words = append(words, "misuse: "+r.Misuse)
	}
	return strings.Join(words, " ")
}

func bounds(b policy.Bounds) string {
	var names []string
	for i, name := range []string{"attempts", "time", "context", "other"} {
		if b&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ",")
}

func TestLibraries(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), librariesSeen, "libraries/cenkalti4", "libraries/cenkalti5", "libraries/avast",
		"libraries/sethvargo", "libraries/roko", "libraries/failsafe", "libraries/clients", "libraries/watermill",
		"libraries/small", "libraries/silent", "libraries/ops")
}
