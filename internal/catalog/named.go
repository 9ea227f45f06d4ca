package catalog

import (
	"slices"
	"strings"
)

// critical and exempt are the dependencies that a project names in its configuration.
var critical, exempt []string

// NameDependencies tells which of a program's dependencies must be protected, and which need not be, by parts
// of their names: of a host, a setting, a service. It replaces what was told before.
func NameDependencies(mustBe, needNotBe []string) { critical, exempt = mustBe, needNotBe }

// Matters reports whether a dependency with those names is one that must be protected: where some are named
// critical, it is one of them, and it is not exempt.
func Matters(names []string) bool {
	return !IsExempt(names) && (len(critical) == 0 || named(critical, names))
}

// IsExempt reports whether a dependency with those names is one that needs no protection.
func IsExempt(names []string) bool { return named(exempt, names) }

// named reports whether one of the names contains one of the words.
func named(words, names []string) bool {
	return slices.ContainsFunc(words, func(word string) bool {
		return slices.ContainsFunc(names, func(name string) bool {
			return strings.Contains(strings.ToLower(name), strings.ToLower(word))
		})
	})
}

// IsCritical reports whether a dependency with those names is one of those that are named critical.
func IsCritical(names []string) bool { return len(critical) > 0 && Matters(names) }

// NamesCritical reports whether a project names any of its dependencies critical.
func NamesCritical() bool { return len(critical) > 0 }
