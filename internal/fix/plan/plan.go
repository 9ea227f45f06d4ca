// Package plan makes the fixes of all rules in a package go together before a driver sees them that is
// not ours.
//
// Each rule builds its fixes as if it were alone. The drivers of this module put them together by
// package apply, as far as they go together. Others do it in ways of their own: golangci-lint sorts
// the edits of a file, drops all of the file if two overlap, and leaves imports that nothing needs any
// more; x/tools merges fixes one after the other, and drops all of a package under the go command. For
// these the rules report through a plan: an analyzer that has what all of them found, and with it
//
//   - drops fixes that overlap one before them, of whatever rule, that would change test files or
//     generated ones, or with which the package would not compile;
//   - orders the edits that insert at one place so that merging them in any driver inserts each text
//     once: two fixes that need the same imports may name them in different orders;
//   - removes imports that no fix alone, but all of them together make superfluous, for drivers that
//     do not ([Options].Unimport).
//
// A finding whose fix is dropped is reported without. It is there again, with its fix, in the next
// run after the others have been applied.
package plan

import (
	"cmp"
	"go/token"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/apply"
	"github.com/resilint/resilint/internal/directive"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/report"
)

// Options say what the driver leaves to do.
type Options struct {
	// Unimport: the driver applies all fixes of a file at once, and does not remove imports that
	// have become unused. The edits that do are part of the last fix of the file.
	Unimport bool
	// Nolint: the driver drops what //nolint covers after the rules have run. It has no fix here, since
	// the others must go together without it.
	Nolint bool
}

// Wrap returns copies of the rules that report fixes which go together. The copies share the flags
// of the rules. Rules that require each other are left as they are: the required one would be there
// twice, copy and original.
func Wrap(rules []*analysis.Analyzer, opts Options) []*analysis.Analyzer {
	wrapped := slices.Clone(rules)
	var alone []*analysis.Analyzer
	var places []int
	for i, rule := range rules {
		if !slices.ContainsFunc(rules, func(other *analysis.Analyzer) bool { return requires(other, rule) || requires(rule, other) }) {
			alone, places = append(alone, rule), append(places, i)
		}
	}
	for i, w := range wrap(alone, opts) {
		wrapped[places[i]] = w
	}
	return wrapped
}

// requires reports whether an analyzer cannot do without another.
func requires(a, other *analysis.Analyzer) bool {
	return slices.ContainsFunc(a.Requires, func(req *analysis.Analyzer) bool { return req == other || requires(req, other) })
}

func wrap(rules []*analysis.Analyzer, opts Options) []*analysis.Analyzer {
	planner := &analysis.Analyzer{
		Name:       "fixplan",
		Doc:        "make the fixes of all rules go together",
		ResultType: reflect.TypeFor[*planned](),
	}
	raw := make([]*analysis.Analyzer, len(rules))
	wrapped := make([]*analysis.Analyzer, len(rules))
	for i, rule := range rules {
		raw[i] = collector(rule)
		w := *rule
		w.Requires = []*analysis.Analyzer{planner}
		w.FactTypes = nil // they are raw[i]'s
		w.Run = func(pass *analysis.Pass) (any, error) {
			f := pass.ResultOf[planner].(*planned).rules[i]
			for _, d := range f.diagnostics {
				pass.Report(d)
			}
			return f.result, nil
		}
		wrapped[i] = &w
	}
	planner.Requires = raw
	planner.Run = func(pass *analysis.Pass) (any, error) {
		p := &planned{}
		for _, rule := range raw {
			p.rules = append(p.rules, pass.ResultOf[rule].(*found))
		}
		settle(pass, p, opts)
		return p, nil
	}
	return wrapped
}

// found is what a rule has found in a package.
type found struct {
	rule        string
	diagnostics []analysis.Diagnostic
	result      any
}

// planned is what all rules have found, each in the place that it has among them.
type planned struct{ rules []*found }

// collector returns the rule as a pass that reports to its result.
func collector(rule *analysis.Analyzer) *analysis.Analyzer {
	c := *rule
	c.ResultType = reflect.TypeFor[*found]()
	c.Run = func(pass *analysis.Pass) (any, error) {
		f := &found{rule: rule.Name}
		own := *pass
		own.Analyzer = rule // it sees itself
		own.Report = func(d analysis.Diagnostic) { f.diagnostics = append(f.diagnostics, d) }
		result, err := rule.Run(&own)
		f.result = result
		return f, err
	}
	return &c
}

// A suggestion is the fix of a diagnostic.
type suggestion struct {
	diagnostic *analysis.Diagnostic
	fix        *analysis.SuggestedFix // its own copy
	made       report.Fix             // the same, by file and offset
}

// settle makes the fixes of a package go together. If the plan fails there are none.
func settle(pass *analysis.Pass, p *planned, opts Options) {
	all := suggestions(pass, p, opts)
	if len(all) == 0 {
		return
	}
	done := false
	defer func() {
		if !done {
			recover() //nolint:errcheck // findings without fixes are better than none at all
			for _, s := range all {
				s.diagnostic.SuggestedFixes = nil
			}
		}
	}()
	var fixes []report.Fix
	for _, s := range all {
		fixes = append(fixes, s.made)
	}
	c := newChecker(pass)
	made, err := apply.Make(fixes, c)
	if err != nil {
		return // a file has changed meanwhile
	}
	var kept []*suggestion
	for i, s := range all {
		if made.Skipped[i] == "" {
			kept = append(kept, s)
		}
	}
	if opts.Unimport {
		unimport(pass, kept, made.Changes)
	}
	order(kept)
	for i, s := range all {
		s.diagnostic.SuggestedFixes = nil
		if made.Skipped[i] == "" {
			s.diagnostic.SuggestedFixes = []analysis.SuggestedFix{*s.fix}
		}
	}
	done = true
}

// suggestions returns the first fix of each diagnostic, in the order in which drivers merge them: by
// rule, and as the rule reports them.
func suggestions(pass *analysis.Pass, p *planned, opts Options) []*suggestion {
	var all []*suggestion
	for _, f := range p.rules {
		for i := range f.diagnostics {
			d := &f.diagnostics[i]
			if len(d.SuggestedFixes) == 0 {
				continue
			}
			if opts.Nolint && isNolint(pass, f.rule, d.Pos) {
				d.SuggestedFixes = nil
				continue
			}
			suggested := d.SuggestedFixes[0]
			suggested.TextEdits = fix.Compact(suggested.TextEdits)
			for j := range suggested.TextEdits {
				e := &suggested.TextEdits[j]
				e.End = cmp.Or(e.End, e.Pos)
			}
			s := &suggestion{diagnostic: d, fix: &suggested}
			s.made = report.NewFinding(pass.Fset, "", "", analysis.Diagnostic{
				Pos: d.Pos, SuggestedFixes: []analysis.SuggestedFix{suggested},
			}).Fixes[0]
			all = append(all, s)
		}
	}
	return all
}

// isNolint reports whether //nolint covers a finding of a rule at pos.
func isNolint(pass *analysis.Pass, rule string, pos token.Pos) bool {
	at := pass.Fset.Position(pos)
	for _, file := range pass.Files {
		if file.FileStart <= pos && pos < file.FileEnd {
			spans := directive.Nolint(pass.Fset, file, directive.All, "resilint", strings.ToLower(rule))
			return slices.ContainsFunc(spans, func(s directive.Span) bool { return s.Contains(at.Filename, at.Line) })
		}
	}
	return false
}

// order sorts the edits of each fix by place, and those that insert at one place by which of them a
// fix before it was the first to make. Then a merge of fixes one after the other meets all that it
// has already before anything new, and takes none for new that is not.
func order(fixes []*suggestion) {
	type key struct {
		e    [2]int
		text string
	}
	rank := map[key]int{}
	of := func(e analysis.TextEdit) key { return key{[2]int{int(e.Pos), int(e.End)}, string(e.NewText)} }
	for _, s := range fixes {
		for _, e := range s.fix.TextEdits {
			if _, ok := rank[of(e)]; !ok {
				rank[of(e)] = len(rank)
			}
		}
		slices.SortStableFunc(s.fix.TextEdits, func(x, y analysis.TextEdit) int {
			return cmp.Or(cmp.Compare(x.Pos, y.Pos), cmp.Compare(x.End, y.End), cmp.Compare(rank[of(x)], rank[of(y)]))
		})
	}
}
