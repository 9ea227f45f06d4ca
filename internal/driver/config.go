package driver

import (
	"flag"
	"fmt"
	"go/types"
	"iter"
	"os"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/config"
	"github.com/resilint/resilint/internal/driver/load"
)

// configure puts the configuration in force that applies in dir. Flags that are given win over
// it.
func configure(fs *flag.FlagSet, dir string, analyzers []*analysis.Analyzer) (*config.Config, error) {
	cfg, err := config.Load(dir, analyzers)
	if err != nil {
		return nil, err
	}
	given := map[string]bool{}
	fs.Visit(func(f *flag.Flag) { given[f.Name] = true })
	for _, f := range cfg.Flags() {
		if given[f.Name] {
			continue
		}
		if err := fs.Set(f.Name, f.Value); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", cfg.File, f.Name, err)
		}
	}
	return cfg, cfg.Extend()
}

// checkConfig reports entries of the catalogue that fit nothing in the packages that they are
// about, and packages that another file is meant for.
func (r *runner) checkConfig(prog *load.Program) {
	for _, err := range r.config.Check(known(prog)) {
		r.fail("%s", err.Format(r.rel))
	}
	seen := map[string]bool{}
	for _, p := range prog.Packages {
		if p.Module == nil || seen[p.Module.Dir] {
			continue
		}
		seen[p.Module.Dir] = true
		switch name, err := config.Find(p.Module.Dir); {
		case err != nil:
			for _, line := range lines(err, r.cwd) {
				r.fail("%s", line)
			}
		case !sameFile(name, r.config.File):
			r.note("in this workspace, the configuration of module %s is another one, which is not used here: run resilint in %s", p.Module.Path, r.rel(p.Module.Dir))
		}
	}
}

// sameFile reports whether two paths, "" for none, are of one file.
func sameFile(x, y string) bool {
	if x == y || x == "" || y == "" {
		return x == y
	}
	a, errA := os.Stat(x)
	b, errB := os.Stat(y)
	return errA == nil && errB == nil && os.SameFile(a, b)
}

// known returns the packages of the module and those that it imports.
func known(prog *load.Program) iter.Seq[*types.Package] {
	return func(yield func(*types.Package) bool) {
		for _, p := range prog.Module {
			if !yield(p.Types) {
				return
			}
			for _, imported := range p.Types.Imports() {
				if imported.Complete() && !yield(imported) {
					return
				}
			}
		}
	}
}
