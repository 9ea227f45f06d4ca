package driver

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/driver/load"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/report"
	"github.com/resilint/resilint/internal/report/card"
	"github.com/resilint/resilint/internal/severity"
)

// The options are the values of the driver's flags.
type options struct {
	json           bool
	fix            bool
	unsafe         bool
	style          fix.Style
	get            bool
	runtimeVersion string
	diff           bool
	context        int
	tags           string
	dir            string
	deps           load.DepsMode
	sarif          bool
	rdjson         bool
	baseline       string
	writeBaseline  bool
	newFrom        string
	failOn         severity.Level
	report         bool // the subcommand
	format         card.Format
	profile        profile

	rules map[string]*enabled // by analyzer name
}

// newFlagSet returns the flags of the driver and of all analyzers, connected
// to opts and to the analyzers.
func newFlagSet(opts *options, analyzers []*analysis.Analyzer) *flag.FlagSet {
	fs := flag.NewFlagSet("resilint", flag.ContinueOnError)
	fs.SetOutput(io.Discard) // errors are printed by the caller, on one line
	fs.Usage = func() {}

	fs.BoolVar(&opts.json, "json", false, "emit JSON output, in the form of \"go vet -json\"")
	fs.BoolVar(&opts.sarif, "sarif", false, "emit SARIF 2.1.0, for GitHub code scanning and others; paths are relative to the root of the repository")
	fs.BoolVar(&opts.rdjson, "rdjson", false, "emit reviewdog's rdjson; paths are relative to the root of the repository")
	fs.StringVar(&opts.baseline, "baseline", "", "leave out the findings in this `file`, and tell which of them are gone")
	fs.BoolVar(&opts.writeBaseline, "write-baseline", false, "write all findings to the file of -baseline, and report none")
	fs.StringVar(&opts.newFrom, "new-from-rev", "", "report only findings on lines that are not as they were at this git `revision`")
	fs.BoolVar(&opts.fix, "fix", false, "apply the suggested fixes and print the findings that remain")
	fs.BoolVar(&opts.unsafe, fix.UnsafeFlag, false, "with -fix or -diff: also apply fixes that change behavior beyond the finding")
	opts.style = fix.Auto
	fs.Var(&opts.style, fix.StyleFlag, "write fixes with the standard library (`std`) or resilint's runtime package (runtime); auto is runtime where the module requires it")
	fs.BoolVar(&opts.get, "get", false, "with -fix -fixstyle=runtime: have go.mod require the runtime module first, if it does not")
	fs.StringVar(&opts.runtimeVersion, "runtime-version", "", "`version` of the runtime module that -get requires, by default the one released with this command")
	fs.BoolVar(&opts.diff, "diff", false, "print what -fix would change as a unified diff, and change nothing")
	fs.IntVar(&opts.context, "c", -1, "display the offending line with `N` lines of context, and related positions")
	fs.StringVar(&opts.tags, "tags", "", "comma-separated `list` of build tags")
	fs.StringVar(&opts.dir, "C", "", "change to `dir` before looking for packages")
	opts.deps = load.DepsAuto
	fs.Func("deps", "where types of dependencies come from: `mode` export compiles them first, source\n"+
		"reads their source, auto (the default) reads the source of those not compiled yet", func(s string) error {
		switch mode := load.DepsMode(s); mode {
		case load.DepsAuto, load.DepsExport, load.DepsSource:
			opts.deps = mode
			return nil
		}
		return errors.New("want auto, export or source")
	})

	fs.Func("format", "of a report: `form` text (the default), markdown, json, html, dot or mermaid", func(s string) (err error) {
		opts.format, err = card.Parse(s)
		return err
	})

	opts.failOn = severity.Warning
	fs.Func("fail-on", "the least severe findings that make the exit status 1: `severity` note, warning\n"+
		"(the default) or error; all findings are printed", func(s string) (err error) {
		opts.failOn, err = severity.Parse(s)
		return err
	})

	opts.profile.addFlags(fs)
	ruleFlags(fs, opts, analyzers)
	return fs
}

// ruleFlags adds the flags of all analyzers, and those that enable them.
func ruleFlags(fs *flag.FlagSet, opts *options, analyzers []*analysis.Analyzer) {
	opts.rules = make(map[string]*enabled)
	for _, a := range analyzers {
		opts.rules[a.Name] = new(enabled)
		fs.Var(opts.rules[a.Name], a.Name, fmt.Sprintf("enable %q analysis", a.Name))
		a.Flags.VisitAll(func(f *flag.Flag) {
			fs.Var(f.Value, a.Name+"."+f.Name, f.Usage)
		})
	}
}

// fails reports whether a finding makes the exit status say so.
func (opts *options) fails(f report.Finding) bool { return severity.Of(f.Rule, f.Code) >= opts.failOn }

// validate reports flags that contradict each other or the arguments.
func (opts *options) validate(fs *flag.FlagSet) error {
	var formats []string
	for name, on := range map[string]bool{"-json": opts.json, "-sarif": opts.sarif, "-rdjson": opts.rdjson} {
		if on {
			formats = append(formats, name)
		}
	}
	slices.Sort(formats)
	switch {
	case opts.report:
		return opts.validateReport(formats)
	case opts.format != "":
		return errors.New("-format is of a report: resilint report -format=" + string(opts.format))
	case len(formats) > 1:
		return fmt.Errorf("%s cannot be combined", strings.Join(formats, " and "))
	case len(formats) == 1 && (opts.fix || opts.diff):
		return fmt.Errorf("%s cannot be combined with -fix or -diff", formats[0])
	case opts.writeBaseline && opts.baseline == "":
		return errors.New("-write-baseline needs -baseline, the file to write")
	case opts.writeBaseline && (opts.fix || opts.diff || opts.newFrom != "" || len(formats) > 0):
		return errors.New("-write-baseline writes all findings, and cannot be combined with -fix, -diff, -new-from-rev or a format")
	}
	if opts.unsafe && !opts.fix && !opts.diff && len(formats) == 0 {
		return errors.New("-unsafe-fixes needs -fix or -diff")
	}
	if opts.get && (!opts.fix || opts.diff || opts.style != fix.Runtime) {
		return errors.New("-get needs -fix and -fixstyle=runtime, and changes go.mod: it cannot be combined with -diff")
	}
	if opts.runtimeVersion != "" && !opts.get {
		return errors.New("-runtime-version needs -get")
	}
	for _, arg := range fs.Args() {
		name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if strings.HasPrefix(arg, "-") && fs.Lookup(name) != nil {
			return fmt.Errorf("flag -%s must come before the packages", name)
		}
	}
	return nil
}

// validateReport reports flags that are of no use for a report, which shows all findings and changes nothing.
func (opts *options) validateReport(formats []string) error {
	if opts.json && opts.format == "" && len(formats) == 1 {
		opts.json, opts.format, formats = false, card.JSON, nil
	}
	switch {
	case len(formats) > 0:
		return fmt.Errorf("%s is of no report: see -format", formats[0])
	case opts.fix || opts.diff || opts.unsafe || opts.get:
		return errors.New("a report changes nothing: leave -fix, -diff, -unsafe-fixes and -get out")
	case opts.baseline != "" || opts.writeBaseline || opts.newFrom != "":
		return errors.New("a report is about all of the code: leave -baseline, -write-baseline and -new-from-rev out")
	}
	return nil
}

// share gives the flags of all rules about fixes the value of the driver's, where that is given and
// theirs is not. Fixes that are not safe are always made when fixes are looked for, so that people
// hear of them; it returns the rules that apply theirs.
func share(fs *flag.FlagSet, opts *options, analyzers []*analysis.Analyzer) (unsafe map[string]bool, err error) {
	given := map[string]bool{}
	fs.Visit(func(f *flag.Flag) { given[f.Name] = true })
	set := func(name, value string) {
		err = errors.Join(err, fs.Set(name, value))
	}
	unsafe = map[string]bool{}
	for _, a := range analyzers {
		if f := a.Flags.Lookup(fix.StyleFlag); f != nil && given[fix.StyleFlag] && !given[a.Name+"."+fix.StyleFlag] {
			set(a.Name+"."+fix.StyleFlag, opts.style.String())
		}
		f := a.Flags.Lookup(fix.UnsafeFlag)
		if f == nil {
			continue
		}
		name := a.Name + "." + fix.UnsafeFlag
		if given[fix.UnsafeFlag] && !given[name] {
			set(name, strconv.FormatBool(opts.unsafe))
		}
		unsafe[a.Name] = f.Value.String() == "true"
		if opts.fix || opts.diff || opts.report {
			set(name, "true")
		}
	}
	return unsafe, err
}

// workDir returns the directory in which packages are looked for.
func (opts *options) workDir(cwd string) (string, error) {
	dir := opts.dir
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(cwd, dir)
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", fmt.Errorf("-C %s: no such directory", opts.dir)
	}
	return filepath.Clean(dir), nil
}

// enabledRules returns the analyzers that the -NAME flags leave: those set to
// true, if there are any, or else those not set to false.
func (opts *options) enabledRules(analyzers []*analysis.Analyzer) []*analysis.Analyzer {
	only := false
	for _, e := range opts.rules {
		only = only || *e == yes
	}
	var res []*analysis.Analyzer
	for _, a := range analyzers {
		if e := *opts.rules[a.Name]; e == yes || e == unset && !only {
			res = append(res, a)
		}
	}
	return res
}

// An enabled is a boolean flag that knows whether it was set.
type enabled int

const (
	unset enabled = iota
	yes
	no
)

func (e *enabled) IsBoolFlag() bool { return true }

func (e *enabled) String() string {
	return strconv.FormatBool(e == nil || *e != no)
}

func (e *enabled) Set(s string) error {
	b, err := strconv.ParseBool(s)
	if err != nil {
		return errors.New("want true or false")
	}
	*e = no
	if b {
		*e = yes
	}
	return nil
}
