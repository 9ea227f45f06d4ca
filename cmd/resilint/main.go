// The resilint command finds code that can hang, storm or fail as a whole
// when a service that it calls is slow or down. Run "resilint help" for more.
//
// It is also a tool for "go vet -vettool" and "go fix -fixtool".
package main

import (
	"fmt"
	"os"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/analyzers"
	"github.com/resilint/resilint/internal/driver"
	"github.com/resilint/resilint/internal/recovered"
	"github.com/resilint/resilint/internal/suppress"
)

func main() {
	if driver.IsVetTool(os.Args[1:]) {
		rules := suppress.Wrap(analyzers.All(), suppress.Options{Nolint: true})
		os.Exit(driver.VetTool(os.Args[1:], os.Stdout, os.Stderr, recovered.Wrap(rules, note)))
	}
	os.Exit(driver.Main(os.Args[1:], os.Stdout, os.Stderr, func(whole bool) []*analysis.Analyzer {
		return suppress.Wrap(analyzers.All(), suppress.Options{Whole: whole, Nolint: true})
	}))
}

func note(line string) { fmt.Fprintln(os.Stderr, line) }
