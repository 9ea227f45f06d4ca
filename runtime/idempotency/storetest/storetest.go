// Package storetest holds a store of package idempotency to what package idempotency says about
// stores, and [idempotency.Once] and [idempotency.Middleware] on top of it:
//
//	func TestMyStore(t *testing.T) {
//		storetest.Run(t, func(t *testing.T) storetest.Harness { … })
//	}
//
// Nothing in it waits for time to pass: the harness makes what is stored older.
package storetest

import (
	"context"
	"crypto/rand"
	"fmt"
	"testing"
	"time"

	"github.com/resilint/resilint/runtime/idempotency"
)

// Harness is a store to be tested.
type Harness struct {
	// Store may hold other keys; the tests use keys of their own.
	Store idempotency.Store
	// Advance makes all that the store holds older by d, or lets d pass on its clock.
	Advance func(t *testing.T, d time.Duration)
}

// A Behaviour is one thing that every store must do.
type Behaviour struct {
	Row  int // in the table of the module's conformance tests
	What string
	Test func(t *testing.T, h Harness)
}

// Behaviours returns all of them, in the order of their rows.
func Behaviours() []Behaviour {
	return []Behaviour{
		{51, "100 at the same time: one execution, the others are in flight", concurrent},
		{51, "1,000 duplicates: one execution, and one result", thousand},
		{51, "HTTP: 409 and Retry-After while in flight", httpInFlight},
		{52, "another payload with the same key", otherPayload},
		{52, "HTTP: 400 without a key, 422 with another body", httpRefused},
		{53, "finished: the result, and no execution", replayed},
		{53, "HTTP: status, headers and body replayed", httpReplayed},
		{54, "failure, panic, Goexit and cancellation abandon", abandoned},
		{54, "HTTP: 5xx, panic and cancellation abandon", httpAbandoned},
		{55, "a lease that ran out is taken over", takenOver},
		{55, "the late owner can neither finish nor abandon", fenced},
		{55, "a late owner that nobody has followed can finish", lateAlone},
		{55, "of many that take over one gets it", takenOverOnce},
		{56, "after the TTL the key runs again", expired},
		{56, "what is in flight is kept until its lease has run out", keptInFlight},
		{59, "keys that differ in little are different keys", distinctKeys},
		{59, "HTTP: another tenant's key is another key", httpTenants},
	}
}

// Run tests a store. open is called once for each behaviour.
func Run(t *testing.T, open func(t *testing.T) Harness) {
	for _, b := range Behaviours() {
		t.Run(fmt.Sprintf("%02d %s", b.Row, b.What), func(t *testing.T) { b.Test(t, open(t)) })
	}
}

// newKey returns a key that no other test has used.
func newKey() string { return idempotency.Key("storetest", rand.Text()) }

// request returns a request for a key, as Once makes it.
func request(key string) idempotency.Request {
	return idempotency.Request{Key: key, Lease: time.Minute, TTL: time.Hour}
}

// begin claims a key, and fails the test if what comes of it is not want.
func begin(t *testing.T, s idempotency.Store, r idempotency.Request, want idempotency.State) idempotency.Claim {
	t.Helper()
	c, err := s.Begin(t.Context(), r)
	if err != nil {
		t.Fatalf("Begin: %v", err)
	}
	if c.State != want {
		t.Fatalf("the key is %v, want %v", c.State, want)
	}
	return c
}

// counter is work that counts how often it is done.
type counter struct{ n int }

func (c *counter) work(context.Context) (string, error) {
	c.n++
	return fmt.Sprintf("receipt %d", c.n), nil
}

// once runs c's work, and fails the test if what comes of it is not want.
func (c *counter) once(t *testing.T, s idempotency.Store, key, want string, opts ...idempotency.Option) {
	t.Helper()
	got, err := idempotency.Once(t.Context(), s, key, c.work, opts...)
	if got != want || err != nil {
		t.Fatalf("got %q, error %v; want %q", got, err, want)
	}
}
