package loops

import (
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
)

// Paced returns the policy of a backoff that says how long a loop waits.
func Paced(g *flow.Graph, v ssa.Value) (Policy, bool) { return newEvaluator(g).paced(v) }
