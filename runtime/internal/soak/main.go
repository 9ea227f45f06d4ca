// Soak sends requests through a client of httpclient.New, while its dependency is slow, flaky,
// hung, down and back again, and checks what must hold meanwhile and afterwards:
//
//   - never more requests in flight than the bulkhead allows;
//   - while everything fails, at most 1.1 attempts for each call that was let through, and the
//     five more that a full retry budget has room for;
//   - no goroutine and no connection left after the end.
//
// It prints what happened, and fails if one of them does not hold. Everything is on loopback.
//
//	go run ./internal/soak -for 30s
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"github.com/resilint/resilint/runtime/retry"
)

func main() {
	var c config
	flag.DurationVar(&c.total, "for", 30*time.Second, "`duration` of all phases together")
	flag.IntVar(&c.goroutines, "goroutines", 64, "`number` of goroutines that send requests")
	flag.Uint64Var(&c.seed, "seed", 1, "`seed` of the faults")
	flag.Parse()
	if flag.NArg() > 0 || c.total <= 0 || c.goroutines <= 0 {
		fmt.Fprintln(os.Stderr, "soak: a positive duration and number of goroutines, and no arguments (see -help)")
		os.Exit(2)
	}
	r, err := soak(context.Background(), c)
	if err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(2)
	}
	r.print(os.Stdout)
	if broken := r.broken(); len(broken) > 0 {
		for _, b := range broken {
			fmt.Fprintln(os.Stderr, "soak: does not hold:", b)
		}
		os.Exit(1)
	}
}

// result is what was counted.
type result struct {
	config
	phases      []phase
	limit       int // of the bulkhead
	mostAtOnce  int64
	transitions int64
	goroutines  int // more than before
	connections int64
}

// phase is what was counted in one phase.
type phase struct {
	name     string
	failing  bool  // everything does
	calls    int64 // by the callers
	ok       int64
	open     int64 // rejected by the breaker
	full     int64 // by the bulkhead
	attempts int64
}

// admitted returns how many calls were let through.
func (p phase) admitted() int64 { return p.calls - p.open - p.full }

// amplification returns how many attempts were made for a call that was let through.
func (p phase) amplification() float64 {
	return float64(p.attempts) / float64(max(1, p.admitted()))
}

func (r *result) print(w io.Writer) {
	fmt.Fprintf(w, "%d goroutines, %v, bulkhead %d, seed %d\n", r.config.goroutines, r.total, r.limit, r.seed)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "dependency\tcalls\tanswered\tbreaker open\tbulkhead full\tfailed\tattempts\tattempts a call\t")
	for _, p := range r.phases {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%.3f\t\n", p.name, p.calls, p.ok, p.open, p.full,
			p.calls-p.ok-p.open-p.full, p.attempts, p.amplification())
	}
	t.Flush()
	fmt.Fprintf(w, "most at once: %d of %d; the breaker changed its state %d times\n", r.mostAtOnce, r.limit, r.transitions)
	fmt.Fprintf(w, "left after the end: %d goroutines, %d connections\n", r.goroutines, r.connections)
}

const (
	// mostAmplified is how many attempts there may be for a call while everything fails.
	mostAmplified = 1.1
	// burst is what the retry budget has room for before it is half empty.
	burst = retry.DefaultBudgetTokens / 2
)

// broken returns what does not hold.
func (r *result) broken() []string {
	var all []string
	if r.mostAtOnce > int64(r.limit) {
		all = append(all, fmt.Sprintf("%d requests at once, of %d", r.mostAtOnce, r.limit))
	}
	for _, p := range r.phases {
		if p.failing && float64(p.attempts) > mostAmplified*float64(p.admitted())+burst {
			all = append(all, fmt.Sprintf("%s: %.3f attempts for a call", p.name, p.amplification()))
		}
	}
	if r.goroutines > 0 || r.connections > 0 {
		all = append(all, fmt.Sprintf("%d goroutines and %d connections are left", r.goroutines, r.connections))
	}
	return all
}
