//go:build go1.25

// Package conformance holds the module to a table of behaviours, most of which widely used
// libraries fail in one row or another: docs/runtime.md of the repository says which. A row is a
// subtest, with its number in the table; those of them that are about time run in a bubble where
// time is fake.
package conformance

import (
	"fmt"
	"testing"
	"testing/synctest"
)

// row is a behaviour.
type row struct {
	n    int
	what string
	test func(t *testing.T)
}

// bubble runs a test with a fake clock. It also fails if the test leaves a goroutine behind.
func bubble(test func(t *testing.T)) func(t *testing.T) {
	return func(t *testing.T) { synctest.Test(t, test) }
}

const lastRow = 63

func TestConformance(t *testing.T) {
	var all []row
	for _, part := range [][]row{
		retryRows, httpRows, budgetRows, breakerRows, bulkheadRows, timeoutRows, fallbackRows, idempotencyRows, lifecycleRows,
		allocationRows,
	} {
		all = append(all, part...)
	}
	seen := make(map[int]bool)
	for _, r := range all {
		if seen[r.n] || r.n < 1 || r.n > lastRow {
			t.Errorf("row %d is there twice, or not in the table", r.n)
		}
		seen[r.n] = true
		t.Run(fmt.Sprintf("%02d %s", r.n, r.what), r.test)
	}
	for n := 1; n <= lastRow; n++ {
		if !seen[n] {
			t.Errorf("row %d has no test", n)
		}
	}
}
