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
	named := func(words []string) bool {
		return slices.ContainsFunc(words, func(word string) bool {
			return slices.ContainsFunc(names, func(name string) bool {
				return strings.Contains(strings.ToLower(name), strings.ToLower(word))
			})
		})
	}
	return !named(exempt) && (len(critical) == 0 || named(critical))
}

// IsCritical reports whether a dependency with those names is one of those that are named critical.
func IsCritical(names []string) bool { return len(critical) > 0 && Matters(names) }

// NamesCritical reports whether a project names any of its dependencies critical.
func NamesCritical() bool { return len(critical) > 0 }
