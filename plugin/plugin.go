// Package plugin makes resilint a linter of golangci-lint, through its module plugins.
//
// "golangci-lint custom" builds a golangci-lint that contains it, as .custom-gcl.yml says:
//
//	version: v2.15.0
//	plugins:
//	  - module: github.com/resilint/resilint
//	    import: github.com/resilint/resilint/plugin
//	    version: latest
//
// The project to be linted enables it in .golangci.yml. Its settings are the keys of
// .resilint.yml, which is not read here: golangci-lint caches by its own configuration, and
// would not notice a change of another file. ("resilint help config" explains the keys.)
//
//	linters:
//	  enable: [resilint]
//	  settings:
//	    custom:
//	      resilint:
//	        type: module
//	        settings:
//	          rules:
//	            notimeout: true
//	          notimeout:
//	            timeout: 30s
//	            dial-timeout: 10s
//	            header-timeout: 10s
//	            default-client: unbounded # or bounded
//	          catalog:
//	            - path: example.org/kit/rpc
//	              calls:
//	                - {name: Client.Call, kind: query, context: 0}
//
// The flags of an analyzer are variables of its package, so the settings apply to the
// process and not to one plugin, and so does the catalogue: those of the last call of [New]
// win, and flags that it leaves out stay as they are. golangci-lint calls New once.
//
// golangci-lint counts the related positions of a finding as issues of their own; with --fix
// it still prints those of findings that it has just fixed.
package plugin

import (
	"fmt"
	"os"
	"slices"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/analyzers"
	"github.com/resilint/resilint/internal/config"
	"github.com/resilint/resilint/internal/fix/plan"
	"github.com/resilint/resilint/internal/recovered"
	"github.com/resilint/resilint/internal/severity"
	"github.com/resilint/resilint/internal/suppress"
)

func init() {
	register.Plugin("resilint", New)
}

// New returns the linter as its settings in .golangci.yml want it. Settings that do not
// exist, and values that cannot be, are errors.
func New(raw any) (register.LinterPlugin, error) {
	// golangci-lint honours //nolint itself.
	rules := suppress.Wrap(analyzers.All(), suppress.Options{})
	cfg, err := config.FromSettings(raw, rules)
	if err != nil {
		return nil, fmt.Errorf("settings of resilint: %w", err)
	}
	if err := cfg.Extend(); err != nil {
		return nil, fmt.Errorf("settings of resilint: %w", err)
	}
	var enabled []*analysis.Analyzer
	for _, rule := range rules {
		// golangci-lint fails on every issue: notes are for those who ask for them.
		if on, ok := cfg.Rules[rule.Name]; on || !ok && !severity.IsNote(rule.Name) {
			enabled = append(enabled, rule)
		}
	}
	for _, s := range cfg.Settings {
		rule := rules[slices.IndexFunc(rules, func(rule *analysis.Analyzer) bool { return rule.Name == s.Rule })]
		if err := rule.Flags.Set(s.Flag, s.Value); err != nil {
			return nil, fmt.Errorf("settings of resilint: %s.%s: %w", s.Rule, s.Flag, err)
		}
	}
	stderr := os.Stderr // golangci-lint sets it to the null device while linters run
	safe := recovered.Wrap(enabled, func(line string) { fmt.Fprintln(stderr, line) })
	return linter(plan.Wrap(safe, plan.Options{Unimport: true, Nolint: true})), nil
}

// A linter is the rules that golangci-lint runs.
type linter []*analysis.Analyzer

// BuildAnalyzers returns the analyzers of the rules that are on.
func (l linter) BuildAnalyzers() ([]*analysis.Analyzer, error) { return l, nil }

// GetLoadMode asks for types: no rule can do without them.
func (linter) GetLoadMode() string { return register.LoadModeTypesInfo }
