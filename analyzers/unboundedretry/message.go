package unboundedretry

import (
	"fmt"
	"strings"

	"github.com/resilint/resilint/internal/loops"
)

func message(r *loops.Retry, faults []fault) string {
	var codes, ops []string
	for _, f := range faults {
		codes = append(codes, f.code)
	}
	for _, op := range r.Ops {
		ops = append(ops, op.Name)
	}
	return fmt.Sprintf("%s: %s attempts=%d bounds=%d growth=%d jitter=%d delay=%v", strings.Join(ops, ","), strings.Join(codes, ","), r.Attempts, r.Bounds, r.Growth, r.Jitter, r.Delay)
}
