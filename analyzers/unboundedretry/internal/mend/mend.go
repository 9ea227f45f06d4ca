// Package mend mends a retry where it stands, with the standard library alone.
package mend

import (
	"bytes"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/analyzers/unboundedretry/internal/site"
)

// Changes are what is to become of how a loop waits.
type Changes struct {
	Listen bool // to the context at hand, as long as it waits
	Jitter bool // the delay gets some
	Cap    bool // the delay gets a ceiling
	Grow   bool // the delay doubles each time, up to a ceiling

	// Take reports whether no other fix declares a variable of that name in the function, and keeps it.
	Take func(name string) bool
}

// A mender builds the edits for one loop.
type mender struct{ *site.Site }

// Edits returns the edits that make all of the changes to a loop, or nil where they cannot be made.
func Edits(s *site.Site, changes Changes) []analysis.TextEdit {
	x := &mender{s}
	waits := x.waits()
	if len(waits) == 0 || changes.Listen && !x.covers(waits) {
		return nil
	}
	var edits []analysis.TextEdit
	if changes.Cap {
		capped := x.ceiling(waits)
		if capped == nil {
			return nil
		}
		edits = append(edits, capped...)
	}
	if changes.Grow {
		grown := x.grow(waits, changes.Take)
		if grown == nil {
			return nil
		}
		edits = append(edits, grown...)
	}
	if changes.Jitter {
		for _, w := range waits {
			if !x.jitter(w) {
				return nil
			}
		}
	}
	for _, w := range waits {
		more := w.edits(x, changes.Listen)
		if more == nil {
			return nil
		}
		for _, edit := range more {
			if !slices.ContainsFunc(edits, func(e analysis.TextEdit) bool { return same(e, edit) }) {
				edits = append(edits, edit)
			}
		}
	}
	return edits
}

// same reports whether two edits are one: waits that need the same import each bring it along.
func same(e, other analysis.TextEdit) bool {
	return e.Pos == other.Pos && e.End == other.End && bytes.Equal(e.NewText, other.NewText)
}

// covers reports whether all calls of time.Sleep between attempts are among the waits: those in
// helpers are not.
func (x *mender) covers(waits []*wait) bool {
	for _, sleep := range x.Retry.Sleeps {
		found := false
		for _, w := range waits {
			found = found || w.Sleeps && w.Call.Pos() <= sleep.Pos() && sleep.Pos() < w.Call.End()
		}
		if !found {
			return false
		}
	}
	return len(x.Retry.Sleeps) > 0
}

// builtin reports whether the name of a builtin function means it at pos.
func (x *mender) builtin(name string, pos token.Pos) bool {
	return x.Visible(types.Universe.Lookup(name), pos)
}
