package flow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/regexp"
)

const maxTold = 12 // values, one made of another

var (
	// tellers are names of functions that tell people of what they are given, and of those that put that
	// into words for them.
	tellers = regexp.MustCompile(`(?i)^(debug|info|notice|warn|warning|error|print|trace|log|msg|panic|fatal|write(string|header)?)(s|f|w|ln|ctx|context|attrs)?$`)
	worders = regexp.MustCompile(`(?:^|/)(fmt|log|slog|zap|zerolog|logrus|logr|klog|glog|trace|attribute|errors)(/v\d+)?$`)
)

// OnlyTold reports whether nothing is done with a value but to tell people of it, in logs or errors.
func OnlyTold(v ssa.Value) bool { return onlyTold(v, 0) }

func onlyTold(v ssa.Value, depth int) bool {
	if v == nil || v.Referrers() == nil || depth > maxTold {
		return false
	}
	told := false
	for _, ref := range *v.Referrers() {
		var next ssa.Value
		switch ref := ref.(type) {
		case *ssa.DebugRef:
			continue
		case *ssa.UnOp, *ssa.MakeInterface, *ssa.ChangeType, *ssa.Convert, *ssa.Slice:
			next = ref.(ssa.Value)
		case *ssa.Store:
			at, ok := ref.Addr.(*ssa.IndexAddr)
			if !ok || ref.Val != v {
				return false
			}
			next = at.X
		case *ssa.IndexAddr: // of an array of arguments, in turn
			continue
		case *ssa.Call:
			obj := CalleeObject(ref)
			switch {
			case obj == nil:
				return false
			case tellers.MatchString(obj.Name()):
				told = true
				continue
			case obj.Pkg() == nil || !worders.MatchString(obj.Pkg().Path()):
				return false
			}
			next = ref
		default:
			return false
		}
		if !onlyTold(next, depth+1) {
			return false
		}
		told = true
	}
	return told
}
