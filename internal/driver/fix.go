package driver

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/resilint/resilint/internal/apply"
	"github.com/resilint/resilint/internal/driver/load"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/report"
)

// fix applies the first suggested fix of each finding, or, with -diff, prints
// what that would change.
func (r *runner) fix(prog *load.Program, findings []report.Finding) error {
	var (
		fixes   []report.Fix
		fixable []int // indices of their findings
	)
	unsafe := 0
	for i, f := range findings {
		if len(f.Fixes) == 0 {
			continue
		}
		if fix.IsUnsafe(f.Fixes[0].Message) && !r.unsafe[f.Rule] {
			unsafe++
			continue
		}
		fixes = append(fixes, f.Fixes[0])
		fixable = append(fixable, i)
	}
	if unsafe > 0 {
		defer r.note("-unsafe-fixes would fix %s more; -unsafe-fixes -diff shows how", count(unsafe, "finding"))
	}
	plan, err := apply.Make(fixes, prog)
	if err != nil {
		return err
	}
	fixed := make(map[int]bool)
	for i, finding := range fixable {
		reason, skipped := plan.Skipped[i]
		fixed[finding] = !skipped
		if skipped {
			pos := findings[finding].Pos
			pos.Filename = r.rel(pos.Filename)
			r.note("%s: fix not applied: %s", pos, reason)
		}
	}
	if r.opts.diff {
		return r.printDiff(plan)
	}
	if err := apply.Write(plan.Changes); err != nil {
		return fmt.Errorf("nothing fixed: %w", err)
	}
	return r.printRemaining(plan, findings, fixed)
}

// printDiff prints what the plan changes. The diff alone decides the exit
// status, as with "go fix -diff": findings without a fix are not part of it.
func (r *runner) printDiff(plan *apply.Plan) error {
	for _, c := range plan.Changes {
		r.exitAtLeast(exitFindings)
		if _, err := fmt.Fprint(r.stdout, c.Diff(filepath.ToSlash(r.rel(c.Filename)))); err != nil {
			return err
		}
	}
	return nil
}

// printRemaining prints the findings that are not fixed, at their positions
// in the changed files.
func (r *runner) printRemaining(plan *apply.Plan, findings []report.Finding, fixed map[int]bool) error {
	changes := make(map[string]apply.Change)
	for _, c := range plan.Changes {
		changes[c.Filename] = c
	}
	var remaining []report.Finding
	for i, f := range findings {
		if fixed[i] {
			continue
		}
		f.MoveLines(func(name string, line int) int {
			if c, ok := changes[name]; ok {
				return c.Line(line)
			}
			return line
		})
		remaining = append(remaining, f)
	}
	if len(findings) > 0 {
		r.note("fixed %d of %s in %s",
			len(findings)-len(remaining), count(len(findings), "finding"), count(len(changes), "file"))
	}
	return r.print(remaining)
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if stem, ok := strings.CutSuffix(noun, "y"); ok {
		return fmt.Sprintf("%d %sies", n, stem)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
