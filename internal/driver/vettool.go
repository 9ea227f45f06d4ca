package driver

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/scanner"
	"go/token"
	"go/types"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/apply"
	"github.com/resilint/resilint/internal/apply/patch"
	"github.com/resilint/resilint/internal/config"
	"github.com/resilint/resilint/internal/driver/unit"
	"github.com/resilint/resilint/internal/recovered"
	"github.com/resilint/resilint/internal/report"
	"github.com/resilint/resilint/internal/severity"
)

// IsVetTool reports whether the command line is one by which "go vet
// -vettool" and "go fix -fixtool" call the tool: to ask for its version or
// its flags, or to analyze one package, described by a file.
func IsVetTool(args []string) bool {
	if len(args) == 0 {
		return false
	}
	if args[0] == versionFlag || args[0] == flagsFlag {
		return true
	}
	return strings.HasSuffix(args[len(args)-1], unit.Suffix)
}

const (
	versionFlag = "-V=full"
	flagsFlag   = "-flags"
)

// VetTool runs such a command line and returns the exit status. Package unit says what it does with a
// package, and the configuration is that of the module that the package belongs to.
func VetTool(args []string, stdout, stderr io.Writer, rules []*analysis.Analyzer) (exit int) {
	t := &vetTool{stdout: stdout, stderr: stderr, rules: rules}
	defer func() {
		if v := recover(); v != nil {
			fmt.Fprintf(stderr, "resilint: internal error: %v%s; please report this\n", v, recovered.Site())
			exit = exitFailed
		}
	}()
	if err := t.main(args); err != nil {
		cwd, _ := os.Getwd()
		for _, line := range lines(err, cwd) {
			fmt.Fprintf(stderr, "resilint: %s\n", line)
		}
		return exitFailed
	}
	return t.exit
}

// A vetTool is one execution of the command as a tool of the go command.
type vetTool struct {
	stdout, stderr io.Writer
	rules          []*analysis.Analyzer
	opts           options
	exit           int
}

func (t *vetTool) main(args []string) error {
	switch args[0] {
	case versionFlag:
		id, err := buildID(t.rules)
		if err == nil {
			_, err = fmt.Fprintf(t.stdout, "resilint version devel buildID=%s\n", id)
		}
		return err
	case flagsFlag:
		return printVetFlags(t.stdout, t.flags())
	}
	c, err := unit.Read(args[len(args)-1])
	if err != nil {
		return err
	}
	if !c.Main() { // most are not: as little as possible is done for them
		_, err := unit.Run(c, nil, nil)
		return err
	}
	if err := analysis.Validate(t.rules); err != nil {
		return err
	}
	fs := t.flags()
	if err := fs.Parse(args[:len(args)-1]); err != nil {
		return err
	}
	if err := t.configure(fs, c.Folder()); err != nil {
		return err
	}
	return t.analyze(c)
}

// flags returns the flags that the go command may pass on: those of all rules, and those of its
// vet and fix.
func (t *vetTool) flags() *flag.FlagSet {
	fs := flag.NewFlagSet("resilint", flag.ContinueOnError)
	fs.SetOutput(io.Discard) // the caller prints errors
	fs.Usage = func() {}
	fs.BoolVar(&t.opts.json, "json", false, "emit JSON output")
	fs.IntVar(&t.opts.context, "c", -1, "display offending line with this many lines of context")
	fs.BoolVar(&t.opts.fix, "fix", false, "apply the first fix of each finding")
	fs.BoolVar(&t.opts.diff, "diff", false, "with -fix, do not change files, but print a unified diff")
	for _, name := range []string{"source", "v", "all"} {
		fs.Bool(name, false, "no effect (deprecated)")
	}
	fs.String("tags", "", "no effect (deprecated)")
	ruleFlags(fs, &t.opts, t.rules)
	return fs
}

// printVetFlags prints the flags in the form in which "go vet" asks for them.
func printVetFlags(w io.Writer, fs *flag.FlagSet) error {
	type jsonFlag struct {
		Name  string
		Bool  bool
		Usage string
	}
	var list []jsonFlag
	fs.VisitAll(func(f *flag.Flag) {
		if f.Name == "fix" {
			return // the go command has one of its own
		}
		b, ok := f.Value.(interface{ IsBoolFlag() bool })
		list = append(list, jsonFlag{f.Name, ok && b.IsBoolFlag(), f.Usage})
	})
	data, err := json.MarshalIndent(list, "", "\t")
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}

// configure puts the configuration in force that applies in a directory. What the go command passes
// wins over it.
func (t *vetTool) configure(fs *flag.FlagSet, dir string) error {
	cfg, err := configure(fs, dir, t.rules)
	if err != nil {
		return err
	}
	for _, rule := range t.rules {
		// What calls the tool fails on every finding.
		if e := t.opts.rules[rule.Name]; *e == unset && severity.IsNote(rule.Name) && !cfg.Rules[rule.Name] {
			*e = no
		}
	}
	return nil
}

// analyze analyzes a package.
func (t *vetTool) analyze(c *unit.Config) error {
	// The go command runs one for each package, and most are done before it would pay to collect
	// garbage.
	debug.SetGCPercent(400)
	out := t.stdout
	if c.Stdout != "" {
		f, err := os.Create(c.Stdout)
		if err != nil {
			return err
		}
		defer f.Close()
		out = f
	}
	res, err := unit.Run(c, t.opts.enabledRules(t.rules), t.rules)
	if err != nil {
		return t.broken(c, err)
	}
	if c.VetxOnly {
		return nil
	}
	for _, line := range res.Notes {
		fmt.Fprintf(t.stderr, "resilint: %s\n", line)
	}
	switch {
	case t.opts.fix:
		return t.fix(out, c, res)
	case t.opts.json:
		return report.WriteJSON(out, res.Findings, res.Failures)
	}
	for _, f := range res.Failures {
		fmt.Fprintf(t.stderr, "resilint: rule %s failed on package %s: %v\n", f.Rule, f.Package, f.Err)
		t.exit = exitFindings
	}
	if len(res.Findings) > 0 {
		t.exit = exitFindings
	}
	return report.Text{Dir: c.Folder(), Context: t.opts.context}.Write(t.stderr, res.Findings)
}

// broken says why a package is not analyzed, in the form in which the go command takes it from a
// compiler.
func (t *vetTool) broken(c *unit.Config, err error) error {
	t.exit = exitFindings
	if c.VetxOnly {
		return nil // it is said of it where it is asked for
	}
	if _, ok := errors.AsType[types.Error](err); !ok {
		if _, ok := errors.AsType[scanner.ErrorList](err); !ok {
			return err
		}
	}
	_, err = fmt.Fprintln(t.stderr, err)
	return err
}

// fix applies the first fix of each finding: to the archive that the go command wants, or else to
// the files. With -diff it prints what that would change.
func (t *vetTool) fix(out io.Writer, c *unit.Config, res *unit.Result) error {
	var fixes []report.Fix
	var places []token.Position
	for _, f := range res.Findings {
		if len(f.Fixes) > 0 {
			fixes = append(fixes, f.Fixes[0])
			places = append(places, f.Pos)
		}
	}
	plan, err := apply.Make(fixes, res)
	if err != nil {
		return err
	}
	for i, pos := range places {
		if reason, skipped := plan.Skipped[i]; skipped {
			fmt.Fprintf(t.stderr, "resilint: %s: fix not applied: %s\n", pos, reason)
		}
	}
	switch {
	case t.opts.diff:
		for _, change := range plan.Changes { // the go command runs this in the package's directory: whole names, as its own tools print
			if _, err := fmt.Fprint(out, patch.Between(change, change.Filename+" (old)", change.Filename+" (new)")); err != nil {
				return err
			}
		}
		return nil
	case c.FixArchive != "":
		return archive(c, plan.Changes)
	}
	return apply.Write(plan.Changes)
}

// archive writes changed files to a zip archive.
func archive(c *unit.Config, changes []apply.Change) (err error) {
	f, err := os.Create(c.FixArchive)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := zip.NewWriter(f)
	if err := w.SetComment(c.ID); err != nil {
		return err
	}
	for _, change := range changes {
		file, err := w.Create(change.Filename)
		if err != nil {
			return err
		}
		if _, err := file.Write(change.New); err != nil {
			return err
		}
	}
	return w.Close()
}

// buildID identifies what the results of the tool depend on besides the package and the flags:
// the go command keeps them under this name. That is the executable and the configuration; a
// mistake in the configuration is better reported here, once, than for each package.
func buildID(rules []*analysis.Analyzer) (string, error) {
	cwd, err := os.Getwd()
	if err != nil {
		return "", err
	}
	if _, err := config.Load(cwd, rules); err != nil {
		return "", err
	}
	settings, err := config.Hash(cwd)
	if err != nil {
		return "", err
	}
	name, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	fmt.Fprint(sum, settings)
	return fmt.Sprintf("%02x", sum.Sum(nil)), nil
}

// lines returns what an error has to say, with paths as seen from dir: all mistakes in a
// configuration, or one line.
func lines(err error, dir string) []string {
	list, ok := errors.AsType[config.Errors](err)
	if !ok {
		return []string{err.Error()}
	}
	var lines []string
	for _, err := range list {
		lines = append(lines, err.Format(func(name string) string { return report.Rel(dir, name) }))
	}
	return lines
}
