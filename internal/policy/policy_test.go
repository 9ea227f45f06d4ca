package policy_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/policy"
)

// pacesSeen reports what is known of each delay that a loop takes from a library.
var pacesSeen = &analysis.Analyzer{
	Name:     "pacesseen",
	Doc:      "report the delays that libraries give",
	Requires: []*analysis.Analyzer{flow.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		g := pass.ResultOf[flow.Analyzer].(*flow.Graph)
		if g == nil {
			return nil, nil
		}
		policies := policy.NewEvaluator(g)
		for instr := range g.Instructions() {
			if call, ok := instr.(*ssa.Call); ok {
				if pace, ok := policies.Pace(call); ok {
					pass.Reportf(call.Pos(), "%s", delays(&pace))
				}
			}
		}
		return nil, nil
	},
}

// delays describes the delays of a policy: "growth=exponential jitter=random delay=500ms ceiling=1m0s".
func delays(p *policy.Policy) string {
	growth := map[policy.Growth]string{
		policy.Opaque: "opaque", policy.Constant: "constant", policy.Linear: "linear",
		policy.Exponential: "exponential", policy.Table: "table",
	}
	jitter := map[policy.Jitter]string{policy.MayBeRandom: "opaque", policy.Random: "random", policy.NotRandom: "none"}
	words := []string{"growth=" + growth[p.Growth], "jitter=" + jitter[p.Jitter]}
	if !p.Waits {
		words = []string{"growth=none"}
	}
	if p.Delay > 0 {
		words = append(words, "delay="+p.Delay.String())
	}
	switch {
	case p.Ceiling > 0:
		words = append(words, "ceiling="+p.Ceiling.String())
	case p.Capped:
		words = append(words, "ceiling=some")
	}
	if p.Wraps {
		words = append(words, "wraps")
	}
	return strings.Join(words, " ")
}

func TestPace(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), pacesSeen, "paced")
}

func TestPassesHour(t *testing.T) {
	const most = policy.ByAttempts
	for name, test := range map[string]struct {
		policy policy.Policy
		factor float64
		want   bool
	}{
		"endless":             {policy.Policy{Growth: policy.Exponential}, 2, true},
		"until a context":     {policy.Policy{Growth: policy.Exponential, Bounds: policy.ByContext}, 2, true},
		"until some time":     {policy.Policy{Growth: policy.Exponential, Bounds: policy.ByTime}, 2, false},
		"a ceiling":           {policy.Policy{Growth: policy.Exponential, Capped: true}, 2, false},
		"linear":              {policy.Policy{Growth: policy.Linear}, 2, false},
		"no growth":           {policy.Policy{Growth: policy.Exponential}, 1, false},
		"unknown attempts":    {policy.Policy{Growth: policy.Exponential, Bounds: most, Delay: time.Second}, 2, false},
		"unknown delay":       {policy.Policy{Growth: policy.Exponential, Bounds: most, Attempts: 100}, 2, false},
		"34 minutes at last":  {policy.Policy{Growth: policy.Exponential, Bounds: most, Attempts: 13, Delay: time.Second}, 2, false},
		"68 minutes at last":  {policy.Policy{Growth: policy.Exponential, Bounds: most, Attempts: 14, Delay: time.Second}, 2, true},
		"too many for an int": {policy.Policy{Growth: policy.Exponential, Bounds: most, Attempts: 5000, Delay: time.Second}, 2, true},
	} {
		assert.Equal(t, test.want, test.policy.PassesHour(test.factor), name)
	}
}
