package unboundedretry

import (
	"time"

	"github.com/resilint/resilint/internal/loops"
	"github.com/resilint/resilint/internal/policy"
)

// rare is a delay from which on a retry is periodic work rather than load.
const rare = time.Minute

// faultsOf returns the codes of what is wrong with a retry, the worst first.
func faultsOf(r *loops.Retry) []string {
	var faults []string
	add := func(code string) { faults = append(faults, code) }
	if r.Spins {
		return []string{codeNoDelay}
	}
	switch {
	case r.Misuse != "" && r.Form == loops.Loop:
		return []string{codeNoDelay}
	case r.Misuse != "":
		return []string{codeNoCap}
	}
	endless := r.Bounds == 0
	if endless {
		add(codeNoCap)
	}
	if !r.Waits && r.Form != loops.Library {
		add(codeNoDelay)
	}
	if r.Inner != nil {
		add(codeNested)
	}
	if r.Permanent != nil {
		add(codePermanentError)
	}
	if r.Wraps {
		add(codeOverflow)
	}
	switch {
	case !r.Waits || r.Delay >= rare:
	case r.Growth == policy.Constant && (r.Jitter == policy.NotRandom || r.Bounds&^policy.ByContext == 0):
		add(codeConstantDelay)
	case r.Growth > policy.Constant && r.Jitter == policy.NotRandom && !r.Client:
		add(codeNoJitter)
	}
	if r.Ctx != nil && (len(r.Sleeps) > 0 || r.Form == loops.Library) {
		add(codeIgnoresContext)
	}
	return faults
}
