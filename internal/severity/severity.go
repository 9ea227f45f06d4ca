// Package severity says how bad the findings of each code are: the one table of it.
package severity

import (
	"fmt"
	"strings"
	"sync/atomic"
)

// A Level is how bad a finding is. A higher one is worse.
type Level uint8

const (
	Note    Level = iota + 1 // a decision to take
	Warning                  // it will hurt under load, or in a deploy
	Error                    // it will hang, storm, or be done twice
)

var names = map[Level]string{Note: "note", Warning: "warning", Error: "error"}

func (l Level) String() string { return names[l] }

// Parse returns the level of that name.
func Parse(name string) (Level, error) {
	for l, n := range names {
		if n == name {
			return l, nil
		}
	}
	return 0, fmt.Errorf("want note, warning or error")
}

// levels are those of rules, and of codes where they have another than their rule. What is not here
// is an error.
var levels = map[string]Level{
	"deadline": Warning,

	"nobreaker":  Note,
	"nobulkhead": Warning,
	"nohealth":   Note,
	"noshutdown": Warning,

	"notimeout/partial": Warning,

	"unboundedretry/constant-delay":  Warning,
	"unboundedretry/ignores-context": Warning,
	"unboundedretry/no-jitter":       Warning,
	"unboundedretry/permanent-error": Warning,
}

// overrides are levels that the configuration gives to rules and codes.
var overrides atomic.Pointer[map[string]Level]

// Override gives other levels to rules ("deadline") and codes ("notimeout/partial"), in place of those given
// before.
func Override(levels map[string]Level) { overrides.Store(&levels) }

// Of returns the level of a finding of a rule, of which code is the category.
func Of(rule, code string) Level {
	for _, table := range tables() {
		for _, key := range []string{rule + "/" + code, rule} {
			if l, ok := table[key]; ok {
				return l
			}
		}
	}
	return Error
}

// IsNote reports whether a rule has nothing but notes. Drivers that fail on every finding leave
// such rules out unless they are asked for.
func IsNote(rule string) bool {
	for _, table := range tables() {
		for key, l := range table {
			if strings.HasPrefix(key, rule+"/") && l > Note {
				return false
			}
		}
	}
	for _, table := range tables() {
		if l, ok := table[rule]; ok {
			return l == Note
		}
	}
	return false
}

// tables are the levels that are known, those that count more first.
func tables() []map[string]Level {
	if given := overrides.Load(); given != nil {
		return []map[string]Level{*given, levels}
	}
	return []map[string]Level{levels}
}
