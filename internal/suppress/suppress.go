// Package suppress lets code say that a finding may stay:
//
//	//resilint:ignore RULE reason
//
// at the end of the finding's line, or in a comment of its own that ends on the line above. RULE
// is a rule (notimeout), one of its codes (notimeout/dial), or several of either, separated by
// commas without spaces. Positions are those of the findings, not of what is related to them.
//
// It is done around the rules rather than in a driver, so that every door does it alike, and
// neither -fix nor -json ever sees what was silenced.
//
// A directive is held to what it says: one without a reason does nothing, and is reported, as is
// one that names no known rule. So is one that suppresses nothing, by drivers that can tell.
//
// golangci-lint's //nolint is understood, too ([Options.Nolint]).
package suppress

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/directive"
	"github.com/resilint/resilint/internal/scope"
	"github.com/resilint/resilint/internal/whole"
)

// category is the code of findings about directives.
const category = "ignore"

// section is where the page of every rule explains directives. Without it, drivers would link
// to a section of the category's name.
const section = "#how-to-silence-it"

// linter is the name under which golangci-lint knows all rules.
const linter = "resilint"

// Options say what a driver can do, and what it leaves to do.
type Options struct {
	// Whole: the driver sees the whole module, so that a directive that suppresses nothing is
	// unused. A modular driver misses findings that need the evidence of importers, and would
	// take the directive that stands there for an unused one.
	Whole bool

	// Nolint: honour //nolint. golangci-lint does so itself and must see the finding for it:
	// its nolintlint deletes directives that match none.
	Nolint bool
}

// Wrap returns copies of the rules that do not report what the code silences, and report what is
// wrong with the directives. A directive is the business of the rules that it names; one that
// names something else is that of the first of the rules, so that it is reported once.
//
// The copies share the flags of the rules: setting either sets both. Rules that require each
// other cannot be wrapped: the required one would be there twice, copy and original.
func Wrap(rules []*analysis.Analyzer, opts Options) []*analysis.Analyzer {
	var names []string
	for _, rule := range rules {
		names = append(names, rule.Name)
	}
	var wrapped []*analysis.Analyzer
	for i, rule := range rules {
		w := &wrapper{rule: rule, names: names, first: i == 0, opts: opts}
		standIn := *rule
		standIn.Run = w.run
		wrapped = append(wrapped, &standIn)
	}
	return wrapped
}

type wrapper struct {
	rule  *analysis.Analyzer
	names []string // of all rules
	first bool     // of the rules
	opts  Options
}

func (w *wrapper) run(pass *analysis.Pass) (any, error) {
	var ignores []*ignore
	var nolints []directive.Span
	for _, file := range pass.Files {
		ignores = append(ignores, ignoresIn(pass.Fset, file)...)
		if w.opts.Nolint {
			nolints = append(nolints, directive.Nolint(pass.Fset, file, directive.All, linter, strings.ToLower(w.rule.Name))...)
		}
	}
	own := *pass
	own.Analyzer = w.rule // it sees itself
	own.Report = func(d analysis.Diagnostic) {
		at := placeOf(pass.Fset, d.Pos)
		silenced := slices.ContainsFunc(nolints, func(s directive.Span) bool { return s.Contains(at.file, at.line) })
		for _, ig := range ignores {
			if ig.covers == at && ig.silences(w.rule.Name, d.Category) {
				silenced = true // and go on: none of them is unused
			}
		}
		if !silenced {
			pass.Report(d)
		}
	}
	result, err := w.rule.Run(&own)
	if err != nil {
		return nil, err // what it would have found is not known
	}
	for _, ig := range ignores {
		if !scope.Reportable(pass, ig.pos) {
			continue
		}
		if inDeadCode(pass, ig.pos) {
			continue // drivers that do not know that it is dead report what it silences
		}
		for _, message := range w.judge(ig) {
			pass.Report(analysis.Diagnostic{
				Pos: ig.pos, End: ig.end, Category: category, URL: w.url(), Message: "resilint:ignore " + message,
			})
		}
	}
	return result, nil
}

// inDeadCode reports whether pos lies in a function that nothing in the module runs.
func inDeadCode(pass *analysis.Pass, pos token.Pos) bool {
	module, _ := pass.ResultOf[whole.Analyzer].(*whole.Module)
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Pos() <= pos && pos < fn.End() {
				obj, _ := pass.TypesInfo.Defs[fn.Name].(*types.Func)
				return module.Dead(obj)
			}
		}
	}
	return false
}

// judge returns what this rule has to say about a directive, after its run.
func (w *wrapper) judge(ig *ignore) []string {
	var messages []string
	add := func(format string, args ...any) { messages = append(messages, fmt.Sprintf(format, args...)) }
	mine := false
	for _, t := range ig.targets {
		known := slices.Contains(w.names, t.rule)
		switch {
		case t.rule == w.rule.Name:
			mine = true
			if w.opts.Whole && ig.reason != "" && !t.used {
				add("%s suppresses nothing: there is no such finding here; remove it", t)
			}
		case known || !w.first:
			// Another rule says so.
		case ig.list == "":
			add("names no rule, and so does nothing: write //resilint:ignore RULE reason (rules: %s)", w.ruleList())
		case t.rule == "":
			add("%s names no rule beside a comma: separate rules by a comma without spaces", ig.list)
		default:
			add("%s names an unknown rule %q (rules: %s)", ig.list, t.rule, w.ruleList())
		}
	}
	if mine && ig.reason == "" {
		add("%s gives no reason, and so does nothing: say why the finding may stay, so that the next reader need not ask", ig.list)
	}
	return messages
}

func (w *wrapper) url() string {
	if w.rule.URL == "" {
		return ""
	}
	return w.rule.URL + section
}

func (w *wrapper) ruleList() string { return strings.Join(w.names, ", ") }
