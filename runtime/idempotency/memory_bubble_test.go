//go:build go1.25

package idempotency_test

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/resilint/resilint/runtime/idempotency"
	"github.com/resilint/resilint/runtime/idempotency/storetest"
)

// memory returns an empty store in a bubble, where time is fake.
func memory(c idempotency.MemoryConfig) storetest.Harness {
	return storetest.Harness{
		Store:   idempotency.NewMemory(c),
		Advance: func(_ *testing.T, d time.Duration) { time.Sleep(d) },
	}
}

func TestMemory(t *testing.T) {
	for _, b := range storetest.Behaviours() {
		t.Run(fmt.Sprintf("%02d %s", b.Row, b.What), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { b.Test(t, memory(idempotency.MemoryConfig{})) })
		})
	}
}

// What the store holds never exceeds its bounds, and what is in flight stays.
func TestMemoryBounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := idempotency.NewMemory(idempotency.MemoryConfig{MaxKeys: 10, MaxBytes: 100})
		begin := func(key int) (idempotency.Claim, error) {
			return m.Begin(t.Context(), idempotency.Request{Key: fmt.Sprint(key), Lease: time.Minute, TTL: time.Hour})
		}
		first, _ := begin(0)
		for i := 1; i <= 100; i++ {
			c, err := begin(i)
			if err != nil || c.State != idempotency.Claimed {
				t.Fatalf("key %d: %v, error %v", i, c.State, err)
			}
			if err := m.Complete(t.Context(), c, nil); err != nil || m.Len() > 10 {
				t.Fatalf("key %d: %d keys, error %v", i, m.Len(), err)
			}
		}
		if c, _ := begin(100); c.State != idempotency.Finished {
			t.Errorf("the last one is %v", c.State)
		}
		if c, _ := begin(0); c.State != idempotency.InFlight {
			t.Errorf("the one in flight is %v", c.State)
		}
		for i := 101; i < 110; i++ {
			if _, err := begin(i); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := begin(110); !errors.Is(err, idempotency.ErrFull) {
			t.Errorf("full of claims in flight: %v, want ErrFull", err)
		}
		time.Sleep(time.Minute) // all leases have run out
		if c, err := begin(110); err != nil || c.State != idempotency.Claimed || m.Len() != 10 {
			t.Errorf("%v, error %v, %d keys", c.State, err, m.Len())
		}
		if err := m.Complete(t.Context(), first, nil); !errors.Is(err, idempotency.ErrLost) {
			t.Errorf("a claim that was dropped: %v, want ErrLost", err)
		}
	})
}

// Results are bounded too, and keys that are over are dropped.
func TestMemoryBytes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := idempotency.NewMemory(idempotency.MemoryConfig{MaxBytes: 100})
		finish := func(key string, bytes int) {
			c, err := m.Begin(t.Context(), idempotency.Request{Key: key, Lease: time.Minute, TTL: time.Hour})
			if err != nil {
				t.Fatal(err)
			}
			if err := m.Complete(t.Context(), c, make([]byte, bytes)); err != nil {
				t.Fatal(err)
			}
		}
		for i, want := range []int{1, 2, 2, 1} {
			if finish(fmt.Sprint(i), []int{50, 50, 50, 1000}[i]); m.Len() != want {
				t.Errorf("after %d results: %d keys, want %d", i+1, m.Len(), want)
			}
		}
		if finish("small", 1); m.Len() != 1 {
			t.Errorf("%d keys", m.Len())
		}
		_, _ = m.Begin(t.Context(), idempotency.Request{Key: "lapsed", Lease: time.Minute, TTL: time.Hour})
		time.Sleep(2 * time.Hour)
		if finish("new", 1); m.Len() != 1 {
			t.Errorf("%d keys, of which one is not over", m.Len())
		}
	})
}
