package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

const (
	// patience is how long customers wait before they take it that an order has failed.
	patience = 4 * time.Second
	// rate is how many orders are placed each second in each system.
	rate = 8
	// again is when customers who got no confirmation click again.
	again = 500 * time.Millisecond
)

var skus = []string{"give-blood", "touchdown"}

// An attempt is a customer's order, and what they saw of it.
type attempt struct {
	id    string
	begun time.Duration // since the experiment began
	took  time.Duration // of the first click
	ok    bool          // the first click was answered with 2xx, in time
	told  bool          // one of the clicks was
}

// customers place orders until ctx ends, each on time however long the others take, and return when
// the last of them has gone. The orders' ids begin with prefix.
func (s *system) customers(ctx context.Context, prefix string) []*attempt {
	var all []*attempt
	var running sync.WaitGroup
	begun := time.Now()
	tick := time.NewTicker(time.Second / rate)
	defer tick.Stop()
	for i := 0; ctx.Err() == nil; i++ {
		a := &attempt{id: fmt.Sprintf("%s-%d", prefix, i), begun: time.Since(begun)}
		all = append(all, a)
		running.Go(func() { s.buy(a, i) })
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
	running.Wait()
	return all
}

// buy places an order, and again with the same id where that is not confirmed.
func (s *system) buy(a *attempt, i int) {
	body := fmt.Sprintf(`{"id": %q, "sku": %q, "quantity": 1, "customer": "customer-%d"}`, a.id, skus[i%len(skus)], i)
	for click := range 2 {
		begun := time.Now()
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		status, err := s.call(ctx, "POST", "order", "/orders", body, nil)
		cancel()
		ok := err == nil && status < 300
		a.told = a.told || ok
		if click == 0 {
			a.took, a.ok = time.Since(begun), ok
		}
		if ok {
			return
		}
		time.Sleep(again)
	}
}
