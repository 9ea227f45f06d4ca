package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"
)

// A result is what an experiment has measured in one state.
type result struct {
	State     string  `json:"state"`
	Holds     bool    `json:"holds"`
	Steady    bool    `json:"steady"` // all orders were confirmed before the fault
	Orders    int     `json:"orders"`
	outcome           // of all orders of the experiment
	Available float64 `json:"available"` // share of the orders placed during the fault which are confirmed
	P50       float64 `json:"p50Seconds"`
	P99       float64 `json:"p99Seconds"`
	Requests  float64 `json:"requestsPerOrder"` // to the sick dependency, during the fault
	// Goroutines is how many the order service had at most.
	Goroutines int `json:"goroutines"`
	// RecoverSeconds is how long after the end of the fault orders still failed; -1 is to the end.
	RecoverSeconds float64 `json:"recoverSeconds"`
	// Series is the share of confirmed orders, for each second in which they were placed.
	Series []float64 `json:"series"`
}

// run does an experiment on all systems at the same time.
func (e *experiment) run(systems []*system) ([]result, error) {
	for _, s := range systems {
		s.recover()
	}
	results := make([]result, len(systems))
	errs := make([]error, len(systems))
	var running sync.WaitGroup
	for i, s := range systems {
		running.Go(func() {
			results[i], errs[i] = e.runOn(s)
			s.heal()
		})
	}
	running.Wait()
	for i, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("%s, %s: %w", e.Name, systems[i].name, err)
		}
	}
	return results, nil
}

// recover waits until a system is steady after the experiment before, for as long as that makes sense.
func (s *system) recover() {
	ctx, cancel := context.WithTimeout(context.Background(), settle)
	defer cancel()
	for inRow := 0; inRow < 3 && ctx.Err() == nil; pause(ctx, 100*time.Millisecond) {
		body := fmt.Sprintf(`{"sku": %q, "quantity": 1, "customer": "nobody"}`, skus[0])
		status, err := s.call(ctx, "POST", "order", "/orders", body, nil)
		if inRow++; err != nil || status != 201 {
			inRow = 0
		}
	}
}

func (e *experiment) runOn(s *system) (result, error) {
	r := result{State: s.name}
	if e.files > 0 {
		order := s.processes["order"]
		order.files = e.files
		if err := s.restart("order", 0); err != nil {
			return r, err
		}
		defer func() {
			order.files = 0
			_ = s.restart("order", 0)
		}()
	}
	ctx, cancel := context.WithTimeout(context.Background(), calm+sick+after)
	defer cancel()
	placed := make(chan []*attempt, 1)
	go func() { placed <- s.customers(ctx, strings.ReplaceAll(e.Name, " ", "-")) }()
	watched := make(chan int, 1)
	go func() { watched <- s.watch(ctx) }()

	time.Sleep(calm)
	before := s.links[e.link].requests()
	ill, stop := context.WithTimeout(ctx, sick)
	err := e.inject(ill, s)
	stop()
	s.heal()
	requests := s.links[e.link].requests() - before
	all := <-placed
	r.Goroutines = <-watched
	if err != nil {
		return r, err
	}
	r.measure(all, requests)
	if r.outcome, err = s.audit(all); err != nil {
		return r, err
	}
	r.Holds = e.holds(&r)
	return r, nil
}

// watch returns how many goroutines the order service has at most until ctx ends.
func (s *system) watch(ctx context.Context) int {
	most := 0
	for ctx.Err() == nil {
		most = max(most, s.goroutines())
		pause(ctx, 500*time.Millisecond)
	}
	return most
}

// measure works out what customers saw.
func (r *result) measure(all []*attempt, requests int) {
	const healed = calm + sick
	r.Orders = len(all)
	var during []*attempt
	seconds := int((healed + after) / time.Second)
	confirmed, placed := make([]int, seconds), make([]int, seconds)
	r.Steady = true
	ok := 0
	for _, a := range all {
		at := min(int(a.begun/time.Second), seconds-1)
		placed[at]++
		if a.ok {
			confirmed[at]++
		}
		switch {
		case a.begun < calm:
			r.Steady = r.Steady && a.took < patience && (a.ok || a.begun+a.took > calm)
		case a.begun < healed:
			during = append(during, a)
			if a.ok {
				ok++
			}
		case !a.ok:
			if r.RecoverSeconds = (a.begun - healed).Seconds(); a.begun > healed+after-time.Second {
				r.RecoverSeconds = -1
			}
		}
	}
	for i := range placed {
		r.Series = append(r.Series, float64(confirmed[i])/float64(max(placed[i], 1)))
	}
	if n := float64(len(during)); n > 0 {
		r.Available, r.Requests = float64(ok)/n, float64(requests)/n
	}
	r.P50, r.P99 = percentile(during, 0.5).Seconds(), percentile(during, 0.99).Seconds()
}
