//go:build go1.25

package conformance

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/resilint/resilint/runtime/idempotency"
	"github.com/resilint/resilint/runtime/idempotency/storetest"
)

// These rows are tested here with the store in memory. With the others, which need drivers and
// servers, they are tested in the module runtime/idempotency/stores.
var idempotencyRows = []row{
	{51, "of duplicates at the same time one is executed, the others are in flight", onMemory(51)},
	{52, "another body with the same key is refused, and so is no key", onMemory(52)},
	{53, "what is finished is replayed: status, headers, body", onMemory(53)},
	{54, "failure, panic and cancellation abandon", onMemory(54)},
	{55, "a lease that ran out is taken over, and the late owner changes nothing", onMemory(55)},
	{56, "after the TTL it runs again; bounded, and nothing in flight is evicted", expiryAndBounds},
	{57, "all stores do the same", onOtherStores("SQLite", "PostgreSQL", "MariaDB", "Redis")},
	{58, "OnceTx: rollback removes the mark, kill -9 before the commit leaves neither", onOtherStores("OnceTx")},
	{59, "another tenant's key is another key", onMemory(59)},
}

// onMemory tests the behaviours of a row, in bubbles.
func onMemory(n int) func(t *testing.T) {
	return func(t *testing.T) {
		found := false
		for _, b := range storetest.Behaviours() {
			if b.Row != n {
				continue
			}
			found = true
			t.Run(b.What, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					b.Test(t, storetest.Harness{
						Store:   idempotency.NewMemory(idempotency.MemoryConfig{}),
						Advance: func(_ *testing.T, d time.Duration) { time.Sleep(d) },
					})
				})
			})
		}
		if !found {
			t.Error("storetest has nothing for this row")
		}
	}
}

func expiryAndBounds(t *testing.T) {
	onMemory(56)(t)
	m := idempotency.NewMemory(idempotency.MemoryConfig{MaxKeys: 3})
	request := func(key string) idempotency.Request {
		return idempotency.Request{Key: key, Lease: time.Hour, TTL: time.Hour}
	}
	if _, err := m.Begin(t.Context(), request("in flight")); err != nil {
		t.Fatal(err)
	}
	for i := range 1000 {
		c, err := m.Begin(t.Context(), request(fmt.Sprint(i)))
		if err == nil {
			err = m.Complete(t.Context(), c, nil)
		}
		if err != nil || m.Len() > 3 {
			t.Fatalf("%d keys, error %v", m.Len(), err)
		}
	}
	if c, err := m.Begin(t.Context(), request("in flight")); c.State != idempotency.InFlight {
		t.Errorf("the key in flight is %v, error %v", c.State, err)
	}
}

// onOtherStores checks that the module with the drivers has the tests that this one cannot have.
func onOtherStores(subjects ...string) func(t *testing.T) {
	return func(t *testing.T) {
		const file = "../../idempotency/stores/stores_test.go"
		source, err := os.ReadFile(file)
		if os.IsNotExist(err) {
			t.Skip("tested in the module runtime/idempotency/stores, which is not here")
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range subjects {
			if !strings.Contains(string(source), "\nfunc Test"+s+"(t *testing.T) {") {
				t.Errorf("%s has no test of %s", file, s)
			}
		}
	}
}
