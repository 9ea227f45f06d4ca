package nohealth_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/resilint/resilint/analyzers/nohealth"
)

// What only the whole module shows is tested in package e2e: whole/health*.txtar.
func TestFindings(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), nohealth.Analyzer, "liveness", "liveness/store", "none", "library")
}
