// Package analyzers is the registry of resilint's rules.
package analyzers

import (
	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/analyzers/deadline"
	"github.com/resilint/resilint/analyzers/nobreaker"
	"github.com/resilint/resilint/analyzers/nobulkhead"
	"github.com/resilint/resilint/analyzers/nohealth"
	"github.com/resilint/resilint/analyzers/nonidempotent"
	"github.com/resilint/resilint/analyzers/noshutdown"
	"github.com/resilint/resilint/analyzers/notimeout"
	"github.com/resilint/resilint/analyzers/unboundedretry"
)

// All returns the analyzers of every rule, ordered by name.
func All() []*analysis.Analyzer {
	return []*analysis.Analyzer{
		deadline.Analyzer,
		nobreaker.Analyzer,
		nobulkhead.Analyzer,
		nohealth.Analyzer,
		nonidempotent.Analyzer,
		noshutdown.Analyzer,
		notimeout.Analyzer,
		unboundedretry.Analyzer,
	}
}
