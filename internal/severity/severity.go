// Package severity says how bad the findings of each code are: the one table of it.
package severity

import (
	"fmt"
	"strings"
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

// Of returns the level of a finding of a rule, of which code is the category.
func Of(rule, code string) Level {
	for _, key := range []string{rule + "/" + code, rule} {
		if l, ok := levels[key]; ok {
			return l
		}
	}
	return Error
}

// IsNote reports whether a rule has nothing but notes. Drivers that fail on every finding leave
// such rules out unless they are asked for.
func IsNote(rule string) bool {
	for key, l := range levels {
		if strings.HasPrefix(key, rule+"/") && l > Note {
			return false
		}
	}
	return levels[rule] == Note
}
