package unit

import (
	"cmp"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/report"
)

// A Result is what the rules found in a package.
type Result struct {
	Findings []report.Finding // sorted
	Failures []report.Failure // of rules
	Notes    []string         // lines for people

	source *source
}

// Run runs the rules on the package that c describes, as far as they apply to it, and hands on
// its facts. all are the rules that other packages may be analyzed with. A package with errors is
// not analyzed.
func Run(c *Config, rules, all []*analysis.Analyzer) (*Result, error) {
	if !c.Main() {
		return &Result{}, outside(c)
	}
	if len(c.files()) == 0 {
		return &Result{}, vetx{}.write(c.VetxOutput)
	}
	register(all)
	s := newSource(c)
	if err := s.parse(c.files(), parser.ParseComments); err != nil {
		return nil, err
	}
	if err := s.check(new(types.Config), newInfo()); err != nil {
		return nil, err
	}
	known, err := newFacts(s)
	if err != nil {
		return nil, err
	}
	r := &run{source: s, facts: known, done: make(map[*analysis.Analyzer]*action)}
	res := &Result{source: s}
	for _, a := range rules {
		if c.VetxOnly {
			r.gather(a)
			continue
		}
		act := r.action(a)
		if act.err != nil {
			res.Failures = append(res.Failures, report.Failure{Package: c.ID, Rule: a.Name, Err: act.err})
		}
		for _, d := range act.found {
			res.Findings = append(res.Findings, report.NewFinding(s.fset, c.ID, a.Name, d))
		}
	}
	res.Findings = report.Sort(res.Findings)
	res.Notes = r.notes()
	return res, r.handOn()
}

// A Noter is a result of an analyzer that has something to say to people.
type Noter interface {
	Notes() []analysis.Diagnostic
}

func (r *run) notes() []string {
	var lines []string
	for _, act := range r.done {
		if result, ok := act.result.(Noter); ok {
			for _, d := range result.Notes() {
				lines = append(lines, fmt.Sprintf("%s: %s", r.source.fset.Position(d.Pos), d.Message))
			}
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// A run is one of analyzers on a package, each after those that it requires.
type run struct {
	source *source
	facts  *facts
	done   map[*analysis.Analyzer]*action
}

// An action is an analyzer that was run.
type action struct {
	result any
	err    error
	found  []analysis.Diagnostic
}

// gather runs those of an analyzer and all that it requires that have facts.
func (r *run) gather(a *analysis.Analyzer) {
	if len(a.FactTypes) > 0 {
		r.action(a)
		return
	}
	for _, req := range a.Requires {
		r.gather(req)
	}
}

// action runs an analyzer, unless it was.
func (r *run) action(a *analysis.Analyzer) *action {
	if act := r.done[a]; act != nil {
		return act
	}
	act := new(action)
	r.done[a] = act
	results := make(map[*analysis.Analyzer]any)
	for _, req := range a.Requires {
		required := r.action(req)
		if required.err != nil {
			act.err = cmp.Or(act.err, fmt.Errorf("required %s failed: %w", req.Name, required.err))
		}
		results[req] = required.result
	}
	if act.err != nil {
		return act
	}
	pass := r.pass(a, results)
	pass.Report = func(d analysis.Diagnostic) { act.found = append(act.found, d) }
	act.result, act.err = a.Run(pass)
	if act.err == nil && reflect.TypeOf(act.result) != a.ResultType {
		act.err = fmt.Errorf("result is a %T, not a %v", act.result, a.ResultType)
	}
	return act
}

func (r *run) pass(a *analysis.Analyzer, results map[*analysis.Analyzer]any) *analysis.Pass {
	s := r.source
	pass := &analysis.Pass{
		Analyzer:     a,
		Fset:         s.fset,
		Files:        s.files,
		OtherFiles:   s.cfg.NonGoFiles,
		IgnoredFiles: s.cfg.IgnoredFiles,
		Pkg:          s.pkg,
		TypesInfo:    s.info,
		TypesSizes:   s.sizes,
		ResultOf:     results,
		Module:       s.cfg.module(),
	}
	pass.ReadFile = func(name string) ([]byte, error) {
		if !slices.Contains(slices.Concat(s.cfg.files(), pass.OtherFiles, pass.IgnoredFiles), name) {
			return nil, fmt.Errorf("%s is no file of the package", name)
		}
		return os.ReadFile(name)
	}
	r.facts.give(pass)
	return pass
}

// handOn writes the facts, and the types if importers have no other way to learn them.
func (r *run) handOn() (err error) {
	var v vetx
	if v.facts, err = r.facts.encode(); err != nil {
		return err
	}
	if !r.source.cfg.compiled() {
		if v.types, err = r.source.exported(); err != nil {
			return err
		}
	}
	return v.write(r.source.cfg.VetxOutput)
}

// ReadFile returns the contents of a source file.
func (res *Result) ReadFile(filename string) ([]byte, error) { return os.ReadFile(filename) }

// PackageOf returns the ID of the package if the file is one of its source files, or "": not if cgo made
// it. With Check, it makes a Result what package apply asks whether changes compile.
func (res *Result) PackageOf(filename string) string {
	if s := res.source; s != nil && slices.Contains(s.cfg.files(), filename) && filepath.Dir(filename) == s.cfg.Folder() {
		return s.cfg.ID
	}
	return ""
}

// Check type-checks the package with new contents of some of its files. It returns the positions of
// the imports in these that are not used, which are no error to it.
//
// Nothing is known of a package that the unit did not import before: whatever the new contents use of
// it is taken to be there.
func (res *Result) Check(_ string, contents map[string][]byte) (unused []token.Position, err error) {
	unused, err = res.source.recheck(contents)
	if typeError, ok := errors.AsType[types.Error](err); ok {
		err = errors.New(typeError.Msg) // a position would be one in a file that nobody sees
	}
	return unused, err
}
