package driver

import (
	"flag"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/doc"
	"github.com/resilint/resilint/internal/severity"
)

// showConfig prints what is in force, as a configuration file would have it.
func (r *runner) showConfig(analyzers []*analysis.Analyzer) {
	if r.config.File == "" {
		fmt.Fprintln(r.stdout, "# no .resilint.yml; these are the defaults, and the flags given")
	} else {
		fmt.Fprintf(r.stdout, "# %s, and the flags given\n", r.rel(r.config.File))
	}
	fmt.Fprintln(r.stdout, "rules:")
	enabled := r.opts.enabledRules(analyzers)
	for _, a := range analyzers {
		fmt.Fprintf(r.stdout, "  %s: %t\n", a.Name, slices.Contains(enabled, a))
	}
	fmt.Fprintln(r.stdout, "severity:")
	for _, rule := range doc.Rules(analyzers) {
		name, code, _ := strings.Cut(rule.ID, "/")
		fmt.Fprintf(r.stdout, "  %s: %s\n", rule.ID, severity.Of(name, code))
	}
	list(r, "exclude", r.config.Exclude)
	if d := r.config.Dependencies; len(d.Critical)+len(d.Exempt) > 0 {
		fmt.Fprintln(r.stdout, "dependencies:")
		list(r, "  critical", d.Critical)
		list(r, "  exempt", d.Exempt)
	}
	for _, a := range analyzers {
		section := a.Name + ":"
		a.Flags.VisitAll(func(f *flag.Flag) {
			if section != "" {
				fmt.Fprintln(r.stdout, section)
				section = ""
			}
			fmt.Fprintf(r.stdout, "  %s: %s\n", f.Name, f.Value)
		})
	}
	if n := len(r.config.Catalog); n > 0 {
		var paths []string
		for i := range r.config.Catalog {
			paths = append(paths, r.config.Catalog[i].Path.Value)
		}
		list(r, "# catalog, by package", paths)
	}
}

func list(r *runner, key string, values []string) {
	if len(values) > 0 {
		fmt.Fprintf(r.stdout, "%s: [%s]\n", key, strings.Join(values, ", "))
	}
}
