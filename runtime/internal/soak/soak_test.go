package main

import (
	"strings"
	"testing"
	"time"
)

// All phases, in a short time: what must hold does, and the faults are there.
func TestSoak(t *testing.T) {
	r, err := soak(t.Context(), config{total: 2 * time.Second, goroutines: 64, seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	r.print(&out)
	for _, b := range r.broken() {
		t.Errorf("does not hold: %s\n%s", b, &out)
	}
	for _, p := range r.phases {
		if p.calls == 0 || p.failing && p.ok > p.calls/2 || strings.HasPrefix(p.name, "well") && p.ok == 0 {
			t.Errorf("%s: %d calls, %d answered", p.name, p.calls, p.ok)
		}
	}
	if r.transitions == 0 {
		t.Error("the breaker never opened")
	}
}

// What is broken is said.
func TestBroken(t *testing.T) {
	r := result{limit: 25, mostAtOnce: 26, goroutines: 1, phases: []phase{
		{name: "down", failing: true, calls: 100, attempts: 120}, {name: "flaky", calls: 10, attempts: 20},
	}}
	if got := r.broken(); len(got) != 3 {
		t.Errorf("%q, want three", got)
	}
}
