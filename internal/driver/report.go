package driver

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/term"
	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/apply"
	"github.com/resilint/resilint/internal/apply/patch"
	"github.com/resilint/resilint/internal/deploy"
	"github.com/resilint/resilint/internal/doc"
	"github.com/resilint/resilint/internal/driver/load"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/report"
	"github.com/resilint/resilint/internal/report/card"
	"github.com/resilint/resilint/internal/score"
)

// report makes one report of all modules that the packages are of, and prints it.
func (r *runner) report(dir string, args []string) error {
	in := score.Input{Off: map[string]bool{}, Rel: r.rel}
	c := card.Card{Rel: func(name string) string { return filepath.ToSlash(r.rel(name)) }, Version: released(), Rules: doc.Rules(r.rules(true))}
	asked, dirs := map[string]bool{}, []string{}
	for _, part := range byModule(dir, args) {
		prog, out, err := r.look(part.dir, part.args, score.Analyzer)
		if err != nil {
			return err
		}
		for _, p := range prog.Problems {
			in.Missing = append(in.Missing, p.Format(r.rel))
		}
		for _, f := range out.failures {
			in.Missing = append(in.Missing, fmt.Sprintf("rule %s on package %s", f.Rule, f.Package))
		}
		for _, p := range prog.Packages {
			if p.Module != nil && !slices.Contains(in.Modules, p.Module.Path) {
				in.Modules, dirs = append(in.Modules, p.Module.Path), append(dirs, p.Module.Dir)
			}
			for _, name := range p.GoFiles {
				asked[name] = p.Files == nil || p.Files[name]
			}
		}
		for _, result := range out.more {
			if sketch, ok := result.(*score.Sketch); ok && sketch != nil {
				in.Sketches = append(in.Sketches, sketch)
			}
		}
		in.Findings = append(in.Findings, out.findings...)
		if c.Format = r.opts.format; c.Format == card.HTML {
			c.Details = append(c.Details, details(prog, out.findings)...)
		}
	}
	enabled := r.opts.enabledRules(r.rules(true))
	for _, a := range r.rules(true) {
		in.Off[a.Name] = !slices.ContainsFunc(enabled, func(on *analysis.Analyzer) bool { return on.Name == a.Name })
	}
	in.Asked = func(name string) bool { return asked[name] }
	in.Findings = report.Sort(in.Findings)
	in.Survey = deploy.Look(dirs...)
	in.Runtime = slices.ContainsFunc(dirs, func(dir string) bool { return fix.Requires(dir, fix.RuntimeModule) })
	c.Report, c.Color = score.New(in), isTerminal(r.stdout)
	return c.Write(r.stdout)
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && os.Getenv("NO_COLOR") == "" && term.IsTerminal(int(f.Fd()))
}

// details returns what the page of a report shows of findings beside their messages: the code, and what their fixes
// change.
func details(prog *load.Program, findings []report.Finding) []card.Detail {
	files := map[string][]string{}
	var list []card.Detail
	for _, f := range findings {
		d := card.Detail{Finding: f, Source: card.Excerpt(files, f)}
		if len(f.Fixes) > 0 {
			d.Unsafe = fix.IsUnsafe(f.Fixes[0].Message)
			if plan, err := apply.Make(f.Fixes[:1], prog); err == nil {
				for _, change := range plan.Changes {
					d.Diff += patch.Diff(change, filepath.Base(change.Filename))
				}
			}
		}
		list = append(list, d)
	}
	return list
}

// A part is what of the arguments is in one module, and where to look for it.
type part struct {
	dir  string
	args []string
}

// byModule sorts patterns by the modules that they are in: the go command takes those of one at a time, unless a
// workspace joins them.
func byModule(dir string, args []string) []part {
	whole := []part{{dir, args}}
	if len(args) < 2 || inWorkspace(dir) {
		return whole
	}
	var parts []part
	for _, arg := range args {
		if !strings.HasPrefix(arg, ".") && !filepath.IsAbs(arg) {
			return whole // an import path
		}
		name := arg
		if !filepath.IsAbs(name) {
			name = filepath.Join(dir, filepath.FromSlash(name))
		}
		base, rest, dots := strings.Cut(name, string(filepath.Separator)+"...")
		root := moduleOf(base)
		if root == "" {
			return whole
		}
		rel, err := filepath.Rel(root, base)
		if err != nil {
			return whole
		}
		pattern := "./" + filepath.ToSlash(rel)
		if dots {
			pattern += "/..." + rest
		}
		i := slices.IndexFunc(parts, func(p part) bool { return p.dir == root })
		if i < 0 {
			parts, i = append(parts, part{dir: root}), len(parts)
		}
		parts[i].args = append(parts[i].args, pattern)
	}
	if len(parts) == 1 {
		return whole
	}
	return parts
}

// moduleOf returns the directory of the module around a file or directory, or "".
func moduleOf(dir string) string {
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if filepath.Dir(dir) == dir {
			return ""
		}
	}
}

// inWorkspace reports whether the go command joins modules here.
func inWorkspace(dir string) bool {
	if work := os.Getenv("GOWORK"); work != "" {
		return work != "off"
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.work")); err == nil {
			return true
		}
		if filepath.Dir(dir) == dir {
			return false
		}
	}
}
