package driver

import (
	"errors"
	"flag"
	"fmt"
	"go/token"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/resilint/resilint/internal/config"
	"github.com/resilint/resilint/internal/dead"
	"github.com/resilint/resilint/internal/deploy"
	"github.com/resilint/resilint/internal/doc"
	"github.com/resilint/resilint/internal/driver/load"
	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/entry"
	"github.com/resilint/resilint/internal/picture"
	"github.com/resilint/resilint/internal/recovered"
	"github.com/resilint/resilint/internal/remote"
	"github.com/resilint/resilint/internal/report"
	"github.com/resilint/resilint/internal/serving"
	"github.com/resilint/resilint/internal/whole"
)

// Exit statuses.
const (
	exitClean    = 0
	exitFindings = 1
	exitFailed   = 2 // could not analyze
)

// Rules returns the rules, always the same ones. whole says whether they are run with the
// evidence of the whole module, so that what is not found is not there.
type Rules func(whole bool) []*analysis.Analyzer

// Main runs the command line args, without the program's name, and returns
// the exit status.
func Main(args []string, stdout, stderr io.Writer, rules Rules) (exit int) {
	r := &runner{stdout: stdout, stderr: stderr, rules: rules}
	defer func() {
		if v := recover(); v != nil {
			r.fail("internal error: %v%s; nothing more is analyzed; please report this", v, recovered.Site())
			exit = r.exit
		}
	}()
	if err := r.main(args, rules(true)); err != nil {
		for _, line := range lines(err, r.cwd) {
			r.fail("%s", line)
		}
	}
	return r.exit
}

// A runner is one execution of the command.
type runner struct {
	stdout, stderr io.Writer
	rules          Rules
	opts           options
	cwd            string
	config         *config.Config
	unsafe         map[string]bool // rules that apply fixes which are not safe
	exit           int
}

func (r *runner) main(args []string, analyzers []*analysis.Analyzer) error {
	if err := analysis.Validate(analyzers); err != nil {
		return err
	}
	fs := newFlagSet(&r.opts, analyzers)
	if err := fs.Parse(args); errors.Is(err, flag.ErrHelp) {
		printUsage(r.stdout, fs, analyzers)
		return nil
	} else if err != nil {
		return fmt.Errorf("%w (see 'resilint help')", err)
	}
	switch fs.Arg(0) {
	case "help":
		return r.help(fs, analyzers)
	case "version":
		fmt.Fprintln(r.stdout, version())
		return nil
	}
	if fs.Arg(0) == "report" {
		r.opts.report = true
		if err := fs.Parse(fs.Args()[1:]); err != nil { // its flags may follow it
			return fmt.Errorf("%w (see 'resilint help')", err)
		}
	}
	if err := r.opts.validate(fs); err != nil {
		return err
	}
	var err error
	if r.cwd, err = os.Getwd(); err != nil {
		return err
	}
	dir, err := r.opts.workDir(r.cwd)
	if err != nil {
		return err
	}
	if r.config, err = configure(fs, dir, analyzers); err != nil {
		return err
	}
	if r.unsafe, err = share(fs, &r.opts, analyzers); err != nil {
		return err
	}
	if fs.Arg(0) == "config" {
		if fs.NArg() > 1 {
			return errors.New("config takes no arguments: it prints what is in force here, or in the directory of -C")
		}
		if err := r.config.Extend(); err != nil {
			return err
		}
		r.showConfig(analyzers)
		return nil
	}
	if err := r.provide(dir); err != nil {
		return err
	}
	stop, err := r.opts.profile.start()
	if err != nil {
		return err
	}
	run := r.analyze
	if r.opts.report {
		run = r.report
	}
	return errors.Join(run(dir, fs.Args()), stop())
}

func (r *runner) help(fs *flag.FlagSet, analyzers []*analysis.Analyzer) error {
	if fs.NArg() == 1 {
		printUsage(r.stdout, fs, analyzers)
	}
next:
	for _, name := range fs.Args()[1:] {
		if name == "config" {
			fmt.Fprintln(r.stdout, config.Help(analyzers))
			continue
		}
		for _, a := range analyzers {
			if a.Name == name {
				printRule(r.stdout, a)
				continue next
			}
		}
		return fmt.Errorf("no rule %q (see 'resilint help')", name)
	}
	return nil
}

// analyze loads the packages, runs the analyzers and reports.
func (r *runner) analyze(dir string, args []string) error {
	prog, out, err := r.look(dir, args)
	if err != nil {
		return err
	}
	findings, failures := out.findings, out.failures
	if r.opts.writeBaseline {
		return r.writeBaseline(findings)
	}
	if findings, err = r.news(prog, dir, findings); err != nil {
		return err
	}
	switch {
	case r.opts.fix || r.opts.diff:
		return r.fix(prog, dir, args, findings)
	case r.opts.json:
		return report.WriteJSON(r.stdout, findings, failures)
	case r.opts.sarif:
		return report.SARIF{Root: r.root(dir), Version: released(), Rules: doc.Rules(r.rules(true))}.Write(r.stdout, findings, failures)
	case r.opts.rdjson:
		return report.RDJSON{Root: r.root(dir), Rules: doc.Rules(r.rules(true))}.Write(r.stdout, findings)
	}
	return r.print(findings)
}

// look loads the packages, and runs the analyzers on them, and more passes that are wanted.
func (r *runner) look(dir string, args []string, more ...*analysis.Analyzer) (*load.Program, *outcome, error) {
	stop := showProgress(r.stderr, "loading packages")
	prog, err := load.Load(load.Config{
		Dir:  dir,
		Args: args,
		Tags: r.opts.tags,
		Deps: r.opts.deps,
	})
	stop()
	if err != nil {
		return nil, nil, err
	}
	for _, note := range prog.Notes {
		r.note("%s", note)
	}
	for _, p := range prog.Problems {
		r.fail("%s", p.Format(r.rel))
	}
	r.checkConfig(prog)

	stop = showProgress(r.stderr, "analyzing")
	out, err := r.run(prog, more...)
	stop()
	if err != nil {
		return nil, nil, err
	}
	for _, f := range out.failures {
		r.fail("rule %s failed on package %s: %v", f.Rule, f.Package, f.Err)
	}
	return prog, out, nil
}

// print prints the findings as text.
func (r *runner) print(findings []report.Finding) error {
	if slices.ContainsFunc(findings, r.opts.fails) {
		r.exitAtLeast(exitFindings)
	}
	return report.Text{Dir: r.cwd, Context: r.opts.context}.Write(r.stdout, findings)
}

// An outcome is what an analysis has come to.
type outcome struct {
	findings []report.Finding
	failures []report.Failure
	more     []any // results of other passes, on each package of the module
}

// run runs the rules on the packages asked for, with the evidence of the whole module: what
// there is of it, where packages cannot be analyzed or a pass failed. It runs more passes, which
// have the same evidence, on the module.
func (r *runner) run(prog *load.Program, more ...*analysis.Analyzer) (*outcome, error) {
	g := newGuard()
	evidence := g.evidence(slices.Concat(r.opts.enabledRules(r.rules(true)), more))
	if _, err := checker.Analyze(evidence, prog.Module, nil); err != nil {
		return nil, err
	}
	notes := g.notes(func(pos token.Pos, msg string) string {
		p := prog.Fset.Position(pos)
		p.Filename = r.rel(p.Filename)
		return fmt.Sprintf("%s: %s", p, msg)
	})
	for _, line := range notes {
		r.note("%s", line)
	}
	together, err := join(g, prog)
	if err != nil {
		r.fail("the packages of the module are not seen together: %v", err)
	}
	rules := r.opts.enabledRules(r.rules(!prog.Broken && err == nil && len(g.failures()) == 0))
	g.set(whole.Analyzer, together)
	out := &outcome{}
	for _, a := range more {
		pass := g.rule(a)
		if _, err := checker.Analyze([]*analysis.Analyzer{pass}, prog.Module, nil); err != nil {
			return nil, err
		}
		for _, p := range prog.Module {
			if result := g.resultOf(p.PkgPath, pass); result != nil {
				out.more = append(out.more, result)
			}
		}
	}
	if err := r.opts.profile.held(); err != nil { // the most there is
		return nil, err
	}
	return out, r.judge(g, prog, rules, out)
}

// judge runs the rules.
func (r *runner) judge(g *guard, prog *load.Program, rules []*analysis.Analyzer, out *outcome) error {
	var standIns []*analysis.Analyzer
	for _, a := range rules {
		standIns = append(standIns, g.rule(a))
	}
	asked := make(map[*packages.Package]*load.Package)
	var roots []*packages.Package
	for _, p := range prog.Packages {
		asked[p.Package] = p
		roots = append(roots, p.Package)
	}
	graph, err := checker.Analyze(standIns, roots, nil)
	if err != nil {
		return err
	}
	out.failures = g.failures()
	var findings []report.Finding
	for _, act := range graph.Roots {
		if act.Err != nil {
			out.failures = append(out.failures, report.Failure{Package: act.Package.ID, Rule: act.Analyzer.Name, Err: act.Err})
			continue
		}
		if g.failure(act.Package.PkgPath, act.Analyzer) != nil {
			continue
		}
		p := asked[act.Package]
		for _, d := range act.Diagnostics {
			f := report.NewFinding(prog.Fset, p.ID, act.Analyzer.Name, d)
			if p.Files == nil || p.Files[f.Pos.Filename] {
				findings = append(findings, f)
			}
		}
	}
	out.findings = report.Sort(findings)
	return nil
}

// join returns what the packages of the module show together, or an error if that panics: what is not
// known of the whole, rules then take as a modular driver would.
func join(g *guard, prog *load.Program) (m *whole.Module, err error) {
	defer func() {
		if v := recover(); v != nil {
			m, err = nil, fmt.Errorf("panic: %v%s", v, recovered.Site())
		}
	}()
	var code *dead.Code
	if !prog.Broken {
		code = dead.New(sources(prog.Module))
	}
	return joined(g, prog.Module, code), nil
}

// joined returns what the packages of the module show together, and what code is dead.
func joined(g *guard, module []*packages.Package, code *dead.Code) *whole.Module {
	results := make(map[string]*remote.Result)
	var paths []string
	for _, p := range module {
		if result, ok := g.result(p.PkgPath, remote.Analyzer).(*remote.Result); ok {
			results[p.PkgPath] = result
			paths = append(paths, p.PkgPath)
		}
	}
	m := whole.New(paths, results, code)
	var effects []*effect.Result
	var entries []*entry.Result
	var sketches []*picture.Result
	for _, path := range paths {
		if result, ok := g.result(path, effect.Analyzer).(*effect.Result); ok && result != nil {
			effects = append(effects, result)
		}
		if result, ok := g.result(path, entry.Analyzer).(*entry.Result); ok && result != nil {
			entries = append(entries, result)
		}
		if result, ok := g.result(path, picture.Analyzer).(*picture.Result); ok && result != nil {
			sketches = append(sketches, result)
		}
	}
	m.Join(effects, entries)
	serve(g, module, m)
	if len(sketches) > 0 {
		m.Draw(sketches)
	}
	return m
}

// serve adds to m what the packages have to do with serving, if a rule asks for it, and what the
// other files of their modules say.
func serve(g *guard, module []*packages.Package, m *whole.Module) {
	var results []*serving.Result
	dirs := map[string]bool{}
	for _, p := range module {
		if result, ok := g.result(p.PkgPath, serving.Analyzer).(*serving.Result); ok && result != nil {
			results = append(results, result)
			if p.Module != nil {
				dirs[p.Module.Dir] = true
			}
		}
	}
	if len(results) > 0 {
		m.Serve(results, deploy.Read(slices.Sorted(maps.Keys(dirs))...))
	}
}

// sources returns the packages of the module, as far as they show what runs what.
func sources(module []*packages.Package) []dead.Package {
	var pkgs []dead.Package
	for _, p := range module {
		others := slices.DeleteFunc(slices.Concat(p.IgnoredFiles, p.OtherFiles), func(name string) bool {
			return strings.HasSuffix(name, "_test.go")
		})
		path := ""
		if p.Module != nil {
			path = p.Module.Path
		}
		pkgs = append(pkgs, dead.Package{Module: path, Types: p.Types, Info: p.TypesInfo, Files: p.Syntax, Others: others})
	}
	return pkgs
}

// rel returns a path as it is shown: relative to where the user stands, with
// -C too, so that it can be opened from there.
func (r *runner) rel(name string) string { return report.Rel(r.cwd, name) }

// note prints a line on stderr.
func (r *runner) note(format string, args ...any) {
	fmt.Fprintf(r.stderr, "resilint: "+format+"\n", args...)
}

// fail prints a line on stderr and makes the exit status say so.
func (r *runner) fail(format string, args ...any) {
	r.note(format, args...)
	r.exitAtLeast(exitFailed)
}

func (r *runner) exitAtLeast(code int) {
	if r.opts.json && code == exitFindings {
		return
	}
	r.exit = max(r.exit, code)
}
