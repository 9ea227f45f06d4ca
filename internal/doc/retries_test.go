package doc_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/resilint/resilint/internal/catalog"
)

// retryTable says which retry libraries are known, and what each does if it is told nothing. It is
// for the page of the rule that judges them.
func retryTable() string {
	var table strings.Builder
	table.WriteString("## Retry libraries\n\n" +
		"The libraries whose policies are understood, what they do if nothing is set, and what is theirs to set. " +
		"A policy of another library, or a part of one that the package does not show, is unknown, and unknown is silent.\n\n" +
		"| library | attempts through | if nothing is set | read in |\n|---|---|---|---|\n")
	for _, lib := range libraries() {
		if lib.Retries == "" {
			continue
		}
		fmt.Fprintf(&table, "| `%s` | %s | %s | %s: %s |\n", lib.Path, attemptsThrough(lib), lib.Retries, lib.Version, lib.Source)
	}
	return table.String()
}

// attemptsThrough returns a library's calls that attempt a function again, the clients that do so
// by themselves, and what it offers to loops.
func attemptsThrough(lib *catalog.Library) string {
	var names []string
	for _, r := range lib.Retriers {
		names = append(names, within(lib, r.Name))
	}
	for _, k := range lib.Knobs {
		if k.Itself {
			names = append(names, within(lib, k.Name))
		}
	}
	for _, table := range lib.Timetables {
		if table.Itself {
			names = append(names, within(lib, table.Name)+"{}")
		}
	}
	for _, p := range lib.Pacers {
		names = append(names, within(lib, p.Name))
	}
	slices.Sort(names)
	return byType(slices.Compact(names))
}

func TestRetryTable(t *testing.T) {
	table := retryTable()
	for _, row := range []string{
		"| `github.com/avast/retry-go` | `Do`, `DoWithData`; `Retrier`: Do; `RetrierWithData`: Do | 10 attempts |",
		"| `github.com/ThreeDotsLabs/watermill/message/router/middleware` | `Retry{}` |",
		"| `github.com/hashicorp/go-retryablehttp` | `Client{}`, `NewClient` |",
	} {
		assert.Contains(t, table, row)
	}
	assert.NotContains(t, table, "|  |", "an empty cell")
}
