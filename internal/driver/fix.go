package driver

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/apply"
	"github.com/resilint/resilint/internal/apply/patch"
	"github.com/resilint/resilint/internal/driver/load"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/report"
)

// maxRounds is how often findings are looked for again that had to wait for other fixes.
const maxRounds = 4

// fix applies the first suggested fix of each finding, or, with -diff, prints
// what that would change. A fix that overlaps another is made after it, if the finding is still there:
// what is looked at then is not on disk yet.
func (r *runner) fix(prog *load.Program, dir string, args []string, findings []report.Finding) error {
	before := len(findings)
	unsafe := r.dropUnsafe(findings)
	if unsafe > 0 {
		defer r.note("-unsafe-fixes would fix %s more; -unsafe-fixes -diff shows how", count(unsafe, "finding"))
	}
	changes := make(map[string]apply.Change) // from what is on disk
	for round := 1; ; round++ {
		step, err := r.fixOnce(prog, findings)
		if err != nil {
			return err
		}
		for _, c := range step.plan.Changes {
			if was, ok := changes[c.Filename]; ok {
				c.Old = was.Old
			}
			changes[c.Filename] = c
		}
		findings = step.left
		if len(step.waiting) == 0 {
			break
		}
		if len(step.plan.Changes) > 0 && round < maxRounds {
			if prog, findings = r.lookAgain(dir, args, changes, step); prog != nil {
				continue
			}
		}
		for _, reason := range step.waiting {
			r.note("%s", reason)
		}
		break
	}
	list := slices.SortedFunc(maps.Values(changes), func(x, y apply.Change) int { return strings.Compare(x.Filename, y.Filename) })
	if r.opts.diff {
		return r.printDiff(list)
	}
	if err := apply.Write(list); err != nil {
		return fmt.Errorf("nothing fixed: %w", err)
	}
	if before > 0 {
		r.note("fixed %d of %s in %s", before-len(findings), count(before, "finding"), count(len(list), "file"))
	}
	return r.print(findings)
}

// dropUnsafe takes from findings the fixes that are not to be applied. It returns how many.
func (r *runner) dropUnsafe(findings []report.Finding) int {
	n := 0
	for i, f := range findings {
		if len(f.Fixes) > 0 && fix.IsUnsafe(f.Fixes[0].Message) && !r.unsafe[f.Rule] {
			findings[i].Fixes = nil
			n++
		}
	}
	return n
}

// A step is what one application of fixes came to.
type step struct {
	plan    *apply.Plan
	left    []report.Finding // not fixed, at their positions in the changed files, without fixes
	waiting map[int]string   // those of left whose fixes were only in the way of others, with what to say of it
}

// fixOnce plans the fixes of findings.
func (r *runner) fixOnce(prog *load.Program, findings []report.Finding) (*step, error) {
	var (
		fixes   []report.Fix
		fixable []int // indices of their findings
	)
	for i, f := range findings {
		if len(f.Fixes) > 0 {
			fixes = append(fixes, f.Fixes[0])
			fixable = append(fixable, i)
		}
	}
	plan, err := apply.Make(fixes, prog)
	if err != nil {
		return nil, err
	}
	fixed := make(map[int]bool)
	waits := make(map[int]string)
	for i, finding := range fixable {
		skip, skipped := plan.Skipped[i]
		fixed[finding] = !skipped
		if !skipped {
			continue
		}
		pos := findings[finding].Pos
		pos.Filename = r.rel(pos.Filename)
		reason := fmt.Sprintf("%s: fix not applied: %s", pos, skip)
		if plan.Overlap[i] {
			waits[finding] = reason
		} else {
			r.note("%s", reason)
		}
	}
	changed := make(map[string]apply.Change)
	for _, c := range plan.Changes {
		changed[c.Filename] = c
	}
	s := &step{plan: plan, waiting: make(map[int]string)}
	for i, f := range findings {
		if fixed[i] {
			continue
		}
		f.MoveLines(func(name string, line int) int {
			if c, ok := changed[name]; ok {
				return patch.Line(c, line)
			}
			return line
		})
		if reason, ok := waits[i]; ok {
			s.waiting[len(s.left)] = reason
		}
		s.left = append(s.left, f)
	}
	return s, nil
}

// lookAgain analyzes the packages with changes, and gives the findings that wait the fixes that they
// have now. One that is not found any more went with another's fix. It returns no program if the
// packages cannot be analyzed as they are now.
func (r *runner) lookAgain(dir string, args []string, changes map[string]apply.Change, s *step) (*load.Program, []report.Finding) {
	overlay := make(map[string][]byte)
	for name, c := range changes {
		overlay[name] = c.New
	}
	prog, err := load.Load(load.Config{Dir: dir, Args: args, Tags: r.opts.tags, Deps: r.opts.deps, Overlay: overlay})
	if err != nil || len(prog.Problems) > 0 && r.exit != exitFailed {
		return nil, s.left
	}
	out, err := r.run(prog)
	if err != nil {
		return nil, s.left
	}
	r.dropUnsafe(out.findings)
	var findings []report.Finding
	for i, f := range s.left {
		if _, ok := s.waiting[i]; ok {
			j := slices.IndexFunc(out.findings, func(now report.Finding) bool {
				return now.Rule == f.Rule && now.Code == f.Code && now.Pos.Filename == f.Pos.Filename && now.Pos.Line == f.Pos.Line
			})
			if j < 0 {
				continue
			}
			f = out.findings[j]
		}
		findings = append(findings, f)
	}
	return prog, findings
}

// printDiff prints what the plan changes. The diff alone decides the exit
// status, as with "go fix -diff": findings without a fix are not part of it.
func (r *runner) printDiff(changes []apply.Change) error {
	for _, c := range changes {
		r.exitAtLeast(exitFindings)
		if _, err := fmt.Fprint(r.stdout, patch.Diff(c, filepath.ToSlash(r.rel(c.Filename)))); err != nil {
			return err
		}
	}
	return nil
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
