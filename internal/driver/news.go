package driver

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/resilint/resilint/internal/baseline"
	"github.com/resilint/resilint/internal/changed"
	"github.com/resilint/resilint/internal/driver/load"
	"github.com/resilint/resilint/internal/report"
)

// news leaves out findings that are not new: those of the baseline, and those on lines that are as they
// were.
func (r *runner) news(prog *load.Program, dir string, findings []report.Finding) ([]report.Finding, error) {
	if r.opts.newFrom != "" {
		lines, err := changed.Since(dir, r.opts.newFrom)
		if err != nil {
			return nil, err
		}
		var fresh []report.Finding
		for _, f := range findings {
			if lines.Has(f.Pos.Filename, f.Pos.Line, f.End.Line) {
				fresh = append(fresh, f)
			}
		}
		findings = fresh
	}
	if r.opts.baseline == "" {
		return findings, nil
	}
	name := r.abs(r.opts.baseline)
	known, err := baseline.Read(name)
	if err != nil {
		return nil, err
	}
	fresh, stale := known.New(name, findings)
	if r.opts.newFrom == "" {
		r.tellStale(prog, name, stale)
	}
	return fresh, nil
}

// tellStale tells which entries of a baseline are gone, of those that this run would have found.
func (r *runner) tellStale(prog *load.Program, name string, stale []baseline.Entry) {
	enabled := map[string]bool{}
	for _, rule := range r.opts.enabledRules(r.rules(true)) {
		enabled[rule.Name] = true
	}
	gone := 0
	for _, e := range stale {
		rule, _, _ := strings.Cut(e.Rule, "/")
		file := filepath.Join(filepath.Dir(name), filepath.FromSlash(e.File))
		if _, err := os.Stat(file); err == nil && prog.PackageOf(file) == "" || !enabled[rule] {
			continue // not looked at
		}
		gone++
		r.note("%s: %s of %s:%d is gone, or its line has changed", r.rel(name), e.Rule, r.rel(file), e.Line)
	}
	if gone > 0 {
		r.note("%s: -write-baseline drops %s", r.rel(name), count(gone, "stale entry"))
	}
}

// writeBaseline writes the findings to the file of the baseline.
func (r *runner) writeBaseline(findings []report.Finding) error {
	name := r.abs(r.opts.baseline)
	if r.exit == exitFailed {
		return fmt.Errorf("%s is not written: it would lack what could not be analyzed", r.rel(name))
	}
	if err := baseline.Of(name, findings).Write(name); err != nil {
		return err
	}
	r.note("%s written to %s", count(len(findings), "finding"), r.rel(name))
	return nil
}

// abs returns the absolute name of a file that is named on the command line.
func (r *runner) abs(name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(r.cwd, name)
}

// root returns the folder that paths in formats for other tools are relative to: the root of the git
// work tree around dir, or the working directory if there is none.
func (r *runner) root(dir string) string {
	for at := dir; ; {
		if _, err := os.Stat(filepath.Join(at, ".git")); err == nil {
			return at
		}
		parent := filepath.Dir(at)
		if parent == at {
			return r.cwd
		}
		at = parent
	}
}
