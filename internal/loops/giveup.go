package loops

import (
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// givesUp reports whether a function that a library calls tells it, after each failure of each of
// its operations, that there is to be no other attempt: backoff.Permanent(err). What it is called
// again for is then no failure: it waits for something.
func (f *finder) givesUp(attempted ssa.Value, ops []Op) bool {
	fn := f.funcOf(attempted)
	if fn == nil {
		return false
	}
	all := whole(fn)
	if all == nil {
		return false
	}
	outcomes := f.outcomes(all)
	for _, op := range ops {
		call, ok := op.Call.(*ssa.Call)
		if !ok || call.Parent() != fn {
			return false
		}
		c := &cycle{region: all, f: f, outcomes: outcomes}
		failed := c.failed(call, nil)
		if len(failed) == 0 {
			return false // its error is returned as it is
		}
		for b := range all.paths(ends(failed), nil, nil) {
			if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && !stops(ret) {
				return false
			}
		}
	}
	return len(ops) > 0
}

// stops reports whether a function returns an error that says there is to be no other attempt.
func stops(ret *ssa.Return) bool {
	if len(ret.Results) == 0 {
		return false
	}
	v := ret.Results[len(ret.Results)-1]
	for {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
			continue
		case *ssa.ChangeInterface:
			v = x.X
			continue
		case *ssa.Call:
			return catalog.Stops(flow.CalleeObject(x))
		}
		return false
	}
}
