package driver

import (
	"flag"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

const usage = `resilint finds code that can hang, storm or fail as a whole when one of the
services it calls is slow or down.

Usage:

	resilint [flags] [packages]     report findings
	resilint report [flags] [packages]
	                                score what is protected, and map what depends on what
	resilint help [rule]            explain a rule and its flags
	resilint help config            explain the configuration file, .resilint.yml
	resilint config                 print the configuration that is in force here
	resilint version                print the version

Packages are package patterns as for the go command, or .go files, of which
only the findings in these files are reported. The default is the package in
the current directory; ./... means all packages of the module.

The exit status is 0 if there is nothing to report but notes, 1 if there are
findings and 2 if something could not be analyzed. With -json it is 0 or 2; with -fix,
1 means that findings remain; with -diff, that there is a diff.
`

// printUsage prints the usage message, the rules and the driver's flags.
func printUsage(w io.Writer, fs *flag.FlagSet, analyzers []*analysis.Analyzer) {
	fmt.Fprint(w, usage, "\nRules:\n\n")
	for _, a := range analyzers {
		title, _, _ := strings.Cut(a.Doc, "\n\n")
		fmt.Fprintf(w, "    %-16s %s\n", a.Name, title)
	}
	fmt.Fprint(w, "\nAll rules are run by default. To select some, use the -RULE flag for each one,\n"+
		"or -RULE=false to run all that are not disabled.\n\nFlags:\n\n")
	core := flag.NewFlagSet("", flag.ContinueOnError)
	fs.VisitAll(func(f *flag.Flag) {
		isRule := slices.ContainsFunc(analyzers, func(a *analysis.Analyzer) bool {
			return a.Name == f.Name || strings.HasPrefix(f.Name, a.Name+".")
		})
		if !isRule && !hidden(f.Name) {
			core.Var(f.Value, f.Name, f.Usage)
		}
	})
	printFlags(w, core)
}

// printRule prints the manual of a rule.
func printRule(w io.Writer, a *analysis.Analyzer) {
	title, manual, _ := strings.Cut(a.Doc, "\n\n")
	fmt.Fprintf(w, "%s: %s\n", a.Name, title)
	if manual != "" {
		fmt.Fprintf(w, "\n%s\n", strings.TrimSuffix(manual, "\n"))
	}
	if a.URL != "" {
		fmt.Fprintf(w, "\nSee %s.\n", a.URL)
	}
	own := flag.NewFlagSet("", flag.ContinueOnError)
	flags := 0
	a.Flags.VisitAll(func(f *flag.Flag) {
		own.Var(f.Value, a.Name+"."+f.Name, f.Usage)
		flags++
	})
	if flags > 0 {
		fmt.Fprint(w, "\nFlags:\n\n")
		printFlags(w, own)
	}
}

func printFlags(w io.Writer, fs *flag.FlagSet) {
	fs.SetOutput(w)
	fs.PrintDefaults()
}

// version describes the binary.
func version() string {
	v := "unknown version"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		v = info.Main.Version
	}
	return fmt.Sprintf("resilint %s (%s %s/%s)", v, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
