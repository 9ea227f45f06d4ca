// Package fixtest applies the fixes of a module by one of the ways that users have, and says what
// became of it: whether it still builds, and what is found again where something was fixed. It
// leaves the module as it was.
package fixtest

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/resilint/resilint/internal/apply"
	"github.com/resilint/resilint/internal/apply/patch"
)

// A Route is a way by which fixes reach the code.
type Route string

// The routes.
const (
	Standalone Route = "standalone" // resilint -fix ./...
	GoVet      Route = "go vet"     // go vet -vettool=resilint -fix ./...
	GoFix      Route = "go fix"     // go fix -fixtool=resilint ./...
	Golangci   Route = "golangci"   // golangci-lint run --fix ./..., with the plugin and without formatters
	PreCommit  Route = "pre-commit" // pre-commit try-repo … resilint-fix
)

// Routes returns all of them.
func Routes() []Route { return []Route{Standalone, GoVet, GoFix, Golangci, PreCommit} }

// Tools are the programs that the routes run.
type Tools struct {
	Resilint   string        // the command; an absolute path
	Golangci   string        // a golangci-lint with the plugin, for [Golangci]
	Repository string        // a clone of resilint that pre-commit installs the hooks from, for [PreCommit]
	Flags      []string      // settings of rules for the command, as in -fixstyle=runtime
	Vet        []string      // the same for go vet and go fix, as in -notimeout.fixstyle=runtime
	Settings   string        // the same for the plugin: the lines below "settings:" of the linter
	Tests      bool          // compile test files, too
	RunTests   bool          // run the tests of packages with changed files
	Timeout    time.Duration // of each command; none if zero
}

// A Result is what became of a module.
type Result struct {
	Module   string // its folder
	Route    Route
	Findings []Finding // what resilint finds, and with it the fixes it has
	Fixed    []Finding // those that the route reports with a safe fix
	Files    []string  // which have changed
	Broken   []string  // packages that compiled and do no more, with the error
	Failed   []string  // packages whose tests passed and do no more, with the end of their output
	Odd      []string  // changed files that are not formatted, though they were
	Again    []Finding // what is found where something was fixed
	Left     []Finding // what has a safe fix still, elsewhere; the routes that see a package at a time miss some
	Output   string    // of the route
	Took     time.Duration
}

// Bad reports whether fixes did harm, or did not do what they say.
func (r *Result) Bad() bool {
	return len(r.Broken)+len(r.Failed)+len(r.Odd)+len(r.Again) > 0
}

// A Module is a folder with a go.mod file, as it is before any fix.
type Module struct {
	Dir      string
	tools    *Tools
	files    map[string][]byte // Go files, go.mod and go.sum
	broken   map[string]string // packages that do not compile
	findings []Finding         // of the command
	status   int               // of the command
	stderr   string
}

// Open looks at a module before any fix. It is an error if nothing of it can be analyzed.
func (t *Tools) Open(dir string) (*Module, error) {
	m := &Module{Dir: dir, tools: t}
	var err error
	if m.files, err = contents(dir); err != nil {
		return nil, err
	}
	if m.broken, err = m.compile(); err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	if m.findings, err = m.find(); err != nil {
		return nil, err
	}
	return m, nil
}

// Findings returns what resilint finds before any fix.
func (m *Module) Findings() []Finding { return m.findings }

// Broken returns the packages that do not compile, fixes or not, with the error.
func (m *Module) Broken() map[string]string { return m.broken }

// contents returns what fixes, and what is run after them, may change below a folder.
func contents(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == ".git" || entry.Name() == "node_modules") {
			return filepath.SkipDir
		}
		base := entry.Name()
		if !entry.Type().IsRegular() || filepath.Ext(base) != ".go" && base != "go.mod" && base != "go.sum" {
			return nil
		}
		files[name], err = os.ReadFile(name)
		return err
	})
	return files, err
}

// restore puts back what has changed. It returns the names.
func (m *Module) restore(now map[string][]byte) ([]string, error) {
	var changed []string
	for name, text := range now {
		old, ok := m.files[name]
		if ok && bytes.Equal(old, text) {
			continue
		}
		changed = append(changed, name)
		if !ok {
			if err := os.Remove(name); err != nil {
				return nil, err
			}
		} else if err := os.WriteFile(name, old, 0o666); err != nil {
			return nil, err
		}
	}
	for name, old := range m.files {
		if now[name] == nil {
			changed = append(changed, name)
			if err := os.WriteFile(name, old, 0o666); err != nil {
				return nil, err
			}
		}
	}
	slices.Sort(changed)
	return changed, nil
}

// Run applies the fixes by a route, looks at what has become of the module, and puts it back.
func (m *Module) Run(route Route) (*Result, error) {
	r := &Result{Module: m.Dir, Route: route, Findings: m.findings}
	if route == Golangci && len(m.broken) > 0 {
		return nil, errors.New("not all packages compile: golangci-lint says so, and looks at none")
	}
	fixable, err := m.offered(route)
	if err != nil {
		return nil, err
	}
	r.Fixed = fixable
	start := time.Now()
	r.Output, err = m.apply(route)
	r.Took = time.Since(start)
	now, readErr := contents(m.Dir)
	if readErr != nil {
		return nil, errors.Join(err, readErr)
	}
	defer func() {
		if after, err := contents(m.Dir); err == nil {
			m.restore(after) //nolint:errcheck // what can be done is done
		}
	}()
	if err != nil {
		return nil, err
	}
	if err := m.judge(r, now); err != nil {
		return nil, err
	}
	return r, nil
}

// judge fills in what became of the module, whose files are now those.
func (m *Module) judge(r *Result, now map[string][]byte) error {
	changes := map[string]*apply.Change{}
	for name, text := range now {
		if old := m.files[name]; old == nil || !bytes.Equal(old, text) {
			changes[name] = &apply.Change{Filename: name, Old: old, New: text}
			r.Files = append(r.Files, name)
			if isOdd(text) && !isOdd(old) {
				r.Odd = append(r.Odd, name)
			}
		}
	}
	slices.Sort(r.Files)
	slices.Sort(r.Odd)
	if len(changes) == 0 {
		r.Again = r.Fixed
		return nil
	}
	broken, err := m.compile()
	if err != nil {
		return err
	}
	for _, pkg := range slices.Sorted(maps.Keys(broken)) {
		if _, before := m.broken[pkg]; !before {
			r.Broken = append(r.Broken, pkg+": "+broken[pkg])
		}
	}
	if len(r.Broken) > 0 {
		return nil // what is found then says little
	}
	found, err := m.find()
	if err != nil {
		return err
	}
	r.Again, r.Left = again(r.Fixed, found, changes)
	if m.tools.RunTests {
		r.Failed, err = m.test(r.Files)
	}
	return err
}

// again returns which findings stand where something was fixed, and which others have a fix. A line
// that a fix has made into several is all of them.
func again(fixed, found []Finding, changes map[string]*apply.Change) (again, left []Finding) {
	type place struct {
		file, rule, code string
		line             int
	}
	places := map[place]bool{}
	for _, f := range fixed {
		first, last := f.Line, f.Line
		if c := changes[f.File]; c != nil {
			first, last = patch.Line(*c, f.Line), patch.Line(*c, f.Line+1)-1
		}
		for line := first; line <= max(first, last); line++ {
			places[place{f.File, f.Rule, f.Code, line}] = true
		}
	}
	for _, f := range found {
		switch {
		case places[place{f.File, f.Rule, f.Code, f.Line}]:
			again = append(again, f)
		case f.Safe():
			left = append(left, f)
		}
	}
	return again, left
}

// command runs a program in the module and returns what it printed. An exit status that is not
// zero is no error.
func (m *Module) command(name string, args ...string) (stdout, stderr string, status int, err error) {
	ctx := context.Background()
	if m.tools.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, m.tools.Timeout)
		defer cancel()
	}
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = m.Dir
	cmd.WaitDelay = time.Second
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	if ctx.Err() != nil {
		return "", "", 0, fmt.Errorf("%s %s took longer than %v", filepath.Base(name), cmp.Or(append(args, "")...), m.tools.Timeout)
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		err = nil
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode(), err
}

// lastLines returns the end of what a program printed, as one line.
func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], " | ")
}
