// The resilint command finds code that can hang, storm or fail as a whole
// when a service that it calls is slow or down. Run "resilint help" for more.
//
// It is also a tool for "go vet -vettool" and "go fix -fixtool".
package main

import (
	"os"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/resilint/resilint/analyzers"
	"github.com/resilint/resilint/internal/driver"
)

func main() {
	if driver.IsVetTool(os.Args[1:]) {
		unitchecker.Main(analyzers.All()...) // does not return
	}
	os.Exit(driver.Main(os.Args[1:], os.Stdout, os.Stderr, analyzers.All()))
}
