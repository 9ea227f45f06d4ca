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
// The project to be linted enables it in .golangci.yml. Every rule is on unless it is
// switched off under rules; a rule's own settings are its flags, under its name:
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
//
// The flags of an analyzer are variables of its package, so the settings apply to the
// process and not to one plugin: those of the last call of [New] win, and what it leaves out
// stays as it is. golangci-lint calls New once.
//
// golangci-lint counts the related positions of a finding as issues of their own; with --fix
// it still prints those of findings that it has just fixed.
package plugin

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/analyzers"
	"github.com/resilint/resilint/analyzers/notimeout"
	"github.com/resilint/resilint/internal/recovered"
	"github.com/resilint/resilint/internal/suppress"
)

func init() {
	register.Plugin("resilint", New)
}

// New returns the linter as its settings in .golangci.yml want it. Settings that do not
// exist, and values that cannot be, are errors.
func New(raw any) (register.LinterPlugin, error) {
	s, err := register.DecodeSettings[settings](raw)
	if err != nil {
		return nil, err
	}
	// golangci-lint honours //nolint itself.
	enabled, err := s.enabled(suppress.Wrap(analyzers.All(), suppress.Options{}))
	if err != nil {
		return nil, err
	}
	for name, value := range s.NoTimeout.flags() {
		if value == "" {
			continue
		}
		if err := notimeout.Analyzer.Flags.Set(name, value); err != nil {
			return nil, fmt.Errorf("setting notimeout.%s: %w", name, err)
		}
	}
	stderr := os.Stderr // golangci-lint sets it to the null device while linters run
	return linter(recovered.Wrap(enabled, func(line string) { fmt.Fprintln(stderr, line) })), nil
}

// A linter is the rules that golangci-lint runs.
type linter []*analysis.Analyzer

// BuildAnalyzers returns the analyzers of the rules that are on.
func (l linter) BuildAnalyzers() ([]*analysis.Analyzer, error) { return l, nil }

// GetLoadMode asks for types: no rule can do without them.
func (linter) GetLoadMode() string { return register.LoadModeTypesInfo }

type settings struct {
	Rules     map[string]bool   `json:"rules"`
	NoTimeout noTimeoutSettings `json:"notimeout"`
}

// enabled returns the rules that are not switched off.
func (s *settings) enabled(all []*analysis.Analyzer) ([]*analysis.Analyzer, error) {
	unknown := maps.Clone(s.Rules)
	var enabled []*analysis.Analyzer
	for _, a := range all {
		delete(unknown, a.Name)
		if on, ok := s.Rules[a.Name]; on || !ok {
			enabled = append(enabled, a)
		}
	}
	if len(unknown) > 0 {
		return nil, fmt.Errorf("no such rule: %s", strings.Join(slices.Sorted(maps.Keys(unknown)), ", "))
	}
	return enabled, nil
}

type noTimeoutSettings struct {
	Timeout       string `json:"timeout"`
	DialTimeout   string `json:"dial-timeout"`
	HeaderTimeout string `json:"header-timeout"`
	DefaultClient string `json:"default-client"`
}

// flags returns the values of the rule's flags; those that are not set are empty.
func (s *noTimeoutSettings) flags() map[string]string {
	return map[string]string{
		"timeout":        s.Timeout,
		"dial-timeout":   s.DialTimeout,
		"header-timeout": s.HeaderTimeout,
		"default-client": s.DefaultClient,
	}
}
