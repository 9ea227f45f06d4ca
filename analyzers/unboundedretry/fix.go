package unboundedretry

import (
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/analyzers/unboundedretry/internal/lift"
	"github.com/resilint/resilint/analyzers/unboundedretry/internal/mend"
	"github.com/resilint/resilint/analyzers/unboundedretry/internal/site"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/loops"
	"github.com/resilint/resilint/internal/policy"
)

// style is what fixes are written with.
var style = fix.Auto

func init() { style.Register(&Analyzer.Flags) }

// fix returns the edit that mends all the faults of a retry, or nil where none is right. One that
// mended a part of them would hide the others: a finding that was fixed is not looked at again.
func (r *reporter) fix(retry *loops.Retry, faults []string) *analysis.SuggestedFix {
	if retry.Form == loops.Library && retry.Misuse == "" {
		return r.jitterOption(retry, faults)
	}
	s := site.Of(r.pass, r.g, retry, retry.Node)
	if s == nil || retry.Spins || retry.Misuse != "" {
		return nil
	}
	if s.UsesRuntime(style) && isLifted(faults) && !retry.Reconnects { // it would give up after three attempts
		if edits := lift.Edits(s); edits != nil {
			return &analysis.SuggestedFix{Message: "Use retry.Do", TextEdits: edits}
		}
	}
	changes, ok := changesFor(retry, faults)
	if !ok {
		return nil
	}
	changes.Take = func(name string) bool { return r.take(s.Body, name) }
	edits := mend.Edits(s, changes)
	if edits == nil {
		return nil
	}
	return &analysis.SuggestedFix{Message: title(changes), TextEdits: edits}
}

// A declared is a variable that a fix declares in a function.
type declared struct {
	function *ast.BlockStmt
	name     string
}

// take reports whether no other fix declares a variable of that name in a function, and keeps it.
func (r *reporter) take(function *ast.BlockStmt, name string) bool {
	key := declared{function, name}
	if r.names[key] {
		return false
	}
	if r.names == nil {
		r.names = map[declared]bool{}
	}
	r.names[key] = true
	return true
}

// isLifted reports whether faults are gone once the attempts are those of a retry.Do.
func isLifted(faults []string) bool {
	for _, code := range faults {
		switch code {
		case codeNoCap, codeNoDelay, codeConstantDelay, codeNoJitter, codeOverflow, codeIgnoresContext:
		default:
			return false // it would be there still
		}
	}
	return true
}

// changesFor returns what mends faults with the standard library. It reports false if there is one
// that nobody but the author can mend.
func changesFor(retry *loops.Retry, faults []string) (changes mend.Changes, ok bool) {
	changes.Listen = has(faults, codeIgnoresContext)
	for _, code := range faults {
		switch code {
		case codeIgnoresContext:
		case codeNoCap:
			if !changes.Listen {
				return changes, false // after how many attempts?
			}
		case codeConstantDelay:
			if retry.Bounds&^policy.ByContext == 0 {
				changes.Grow = true
			}
			changes.Jitter = true
		case codeNoJitter:
			changes.Jitter = true
		case codeOverflow:
			changes.Cap = true
		default:
			return changes, false
		}
	}
	return changes, true
}

// title says what a fix does, in the words of its foremost change.
func title(changes mend.Changes) string {
	switch {
	case changes.Grow:
		return "Wait longer each time, with jitter"
	case changes.Listen:
		return "Wait in a select"
	case changes.Jitter:
		return "Add jitter"
	case changes.Cap:
		return "Give the delay a ceiling"
	}
	return ""
}

// rewind returns the edit that gives a request its body again before it is sent, or nil.
func (r *reporter) rewind(retry *loops.Retry, send *ast.CallExpr) *analysis.SuggestedFix {
	s := site.Of(r.pass, r.g, retry, send)
	if s == nil {
		return nil
	}
	edits := mend.Rewind(s, send, r.g.CallAt(retry.Body.Made))
	if edits == nil {
		return nil
	}
	return &analysis.SuggestedFix{Message: "Rewind the body", TextEdits: edits}
}
