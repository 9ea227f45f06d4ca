package compare

import (
	"io"
	"net/http"
	"testing"

	"github.com/resilint/resilint/runtime/internal/pipenet"
)

// TestAllocations checks that ours allocate no more than any of the others. What ours allocate at
// most, row 63 of the module's own tests says.
func TestAllocations(t *testing.T) {
	for group, contenders := range map[string][]contender{
		"retry": retries(), "breaker, closed": closedBreakers(), "breaker, open": openBreakers(),
		"bulkhead": bulkheads(), "stack": stacks(),
	} {
		noMoreThan(t, group, contenders, 200)
	}
}

func TestAllocationsOfGet(t *testing.T) {
	l, _ := pipenet.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") }))
	all := gets(t, "http://catalog.internal/", func() *http.Transport {
		tr := &http.Transport{DialContext: l.Dial}
		t.Cleanup(tr.CloseIdleConnections)
		return tr
	})
	for _, c := range all {
		for range 50 { // until buffers and connections are there
			c.f()
		}
	}
	noMoreThan(t, "GET", all[:2], 1000) // ours and failsafe-go: the others do less
}

// noMoreThan checks that the first contender allocates no more than any other.
func noMoreThan(t *testing.T, group string, contenders []contender, runs int) {
	ours := testing.AllocsPerRun(runs, contenders[0].f)
	for _, c := range contenders[1:] {
		got := testing.AllocsPerRun(runs, c.f)
		t.Logf("%s: %s %.0f, %s %.0f", group, contenders[0].name, ours, c.name, got)
		if ours > got {
			t.Errorf("%s: %.0f allocations, with %s %.0f", group, ours, c.name, got)
		}
	}
}
