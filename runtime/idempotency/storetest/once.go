package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/resilint/resilint/runtime/idempotency"
)

func concurrent(t *testing.T, h Harness) {
	key := newKey()
	var runs, inFlight atomic.Int64
	release := make(chan struct{})
	var turnedAway, all sync.WaitGroup
	turnedAway.Add(99)
	for range 100 {
		all.Add(1)
		go func() {
			defer all.Done()
			_, err := idempotency.Once(t.Context(), h.Store, key, func(context.Context) (int, error) {
				runs.Add(1)
				<-release
				return 1, nil
			})
			if err == nil {
				return
			}
			defer turnedAway.Done()
			var e *idempotency.InFlightError
			if !errors.As(err, &e) || !errors.Is(err, idempotency.ErrInFlight) {
				t.Errorf("a duplicate got %v", err)
				return
			}
			if inFlight.Add(1); e.RetryIn <= 0 || e.RetryIn > idempotency.DefaultLease {
				t.Errorf("it may come again in %v", e.RetryIn)
			}
		}()
	}
	turnedAway.Wait()
	close(release)
	all.Wait()
	if runs.Load() != 1 || inFlight.Load() != 99 {
		t.Errorf("%d executions, %d in flight; want 1 and 99", runs.Load(), inFlight.Load())
	}
}

func thousand(t *testing.T, h Harness) {
	key := newKey()
	var runs, answered atomic.Int64
	var all sync.WaitGroup
	for range 1000 {
		all.Add(1)
		go func() {
			defer all.Done()
			got, err := idempotency.Once(t.Context(), h.Store, key, func(context.Context) (int64, error) { return runs.Add(1), nil })
			switch {
			case err == nil && got == 1:
				answered.Add(1)
			case !errors.Is(err, idempotency.ErrInFlight):
				t.Errorf("a duplicate got %d, error %v", got, err)
			}
		}()
	}
	all.Wait()
	if runs.Load() != 1 || answered.Load() < 1 {
		t.Errorf("%d executions, %d answers; want one, and at least one", runs.Load(), answered.Load())
	}
}

func otherPayload(t *testing.T, h Harness) {
	key, a, b := newKey(), idempotency.WithPayload([]byte("order a")), idempotency.WithPayload([]byte("order b"))
	var c counter
	mismatch := func(when string) {
		t.Helper()
		if _, err := idempotency.Once(t.Context(), h.Store, key, c.work, b); !errors.Is(err, idempotency.ErrMismatch) {
			t.Errorf("%s: error %v, want ErrMismatch", when, err)
		}
	}
	_, _ = idempotency.Once(t.Context(), h.Store, key, func(context.Context) (int, error) {
		mismatch("in flight")
		h.Advance(t, idempotency.DefaultLease+time.Second)
		mismatch("when the lease has run out")
		return 0, errors.New("failed")
	}, a)
	c.once(t, h.Store, key, "receipt 1", a)
	mismatch("finished")
	c.once(t, h.Store, key, "receipt 1", a)
	c.once(t, h.Store, key, "receipt 1") // who does not say what it is for gets it
	if c.n != 1 {
		t.Errorf("%d executions", c.n)
	}
}

type receipt struct {
	ID    string
	Cents int64
	Tags  []string
	At    time.Time
}

func replayed(t *testing.T, h Harness) {
	key := newKey()
	want := receipt{ID: "r-1 \x00 é", Cents: 1<<53 + 1, Tags: []string{"a"}, At: time.Unix(1, 5).UTC()}
	runs := 0
	for range 3 {
		got, err := idempotency.Once(t.Context(), h.Store, key, func(context.Context) (receipt, error) {
			runs++
			return want, nil
		})
		if fmt.Sprint(got) != fmt.Sprint(want) || err != nil {
			t.Errorf("got %v, error %v", got, err)
		}
	}
	if runs != 1 {
		t.Errorf("%d executions", runs)
	}
	// As the store sees it: any bytes, and many of them.
	c := begin(t, h.Store, request(newKey()), idempotency.Claimed)
	result := bytes.Repeat([]byte{0, 1, 0xff, '\'', '\\', '"', '\n', 0x80}, 1<<15)
	if err := h.Store.Complete(t.Context(), c, result); err != nil {
		t.Fatal(err)
	}
	if got := begin(t, h.Store, request(c.Key), idempotency.Finished); !bytes.Equal(got.Result, result) {
		t.Errorf("%d bytes came back as %d others", len(result), len(got.Result))
	}
	if err := h.Store.Complete(t.Context(), c, []byte("again")); err != nil {
		t.Errorf("a Complete that is repeated, since its answer was lost: %v", err)
	}
	if err := h.Store.Abandon(t.Context(), c); !errors.Is(err, idempotency.ErrLost) {
		t.Errorf("Abandon of what is finished: %v, want ErrLost", err)
	}
	begin(t, h.Store, request(c.Key), idempotency.Finished)
}

func abandoned(t *testing.T, h Harness) {
	key := newKey()
	failed := errors.New("the card was declined")
	if _, err := idempotency.Once(t.Context(), h.Store, key, func(context.Context) (int, error) { return 0, failed }); err != failed {
		t.Errorf("the error became %v", err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = idempotency.Once(t.Context(), h.Store, key, func(context.Context) (int, error) {
			runtime.Goexit()
			return 0, nil
		})
	}()
	<-done
	func() {
		defer func() {
			if v := recover(); v != "ouch" {
				t.Errorf("the panic became %v", v)
			}
		}()
		_, _ = idempotency.Once(t.Context(), h.Store, key, func(context.Context) (int, error) { panic("ouch") })
	}()
	ctx, cancel := context.WithCancel(t.Context())
	_, err := idempotency.Once(ctx, h.Store, key, func(ctx context.Context) (int, error) {
		cancel()
		<-ctx.Done()
		return 0, ctx.Err()
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := idempotency.Once(ctx, h.Store, key, func(context.Context) (int, error) { return 0, nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}
	var c counter
	c.once(t, h.Store, key, "receipt 1")
	// Who was cancelled too late has done it.
	ctx, cancel = context.WithCancel(t.Context())
	defer cancel()
	key = newKey()
	if _, err := idempotency.Once(ctx, h.Store, key, func(context.Context) (string, error) {
		cancel()
		return "receipt 0", nil
	}); err != nil {
		t.Errorf("cancelled after the work was done: %v", err)
	}
	c.once(t, h.Store, key, "receipt 0")
}

func takenOver(t *testing.T, h Harness) {
	r := request(newKey())
	c := begin(t, h.Store, r, idempotency.Claimed)
	h.Advance(t, r.Lease/2)
	got := begin(t, h.Store, r, idempotency.InFlight)
	if got.Left <= 0 || got.Left > r.Lease/2 {
		t.Errorf("after half of the lease %v are left", got.Left)
	}
	h.Advance(t, r.Lease/2)
	if next := begin(t, h.Store, r, idempotency.Claimed); next.Token == c.Token || next.Token == "" {
		t.Errorf("two claims with the token %q", next.Token)
	}
}

func fenced(t *testing.T, h Harness) {
	r := request(newKey())
	first := begin(t, h.Store, r, idempotency.Claimed)
	h.Advance(t, r.Lease)
	second := begin(t, h.Store, r, idempotency.Claimed)
	lost := func(when string) {
		t.Helper()
		if err := h.Store.Abandon(t.Context(), first); !errors.Is(err, idempotency.ErrLost) {
			t.Errorf("%s: Abandon: %v, want ErrLost", when, err)
		}
		if err := h.Store.Complete(t.Context(), first, []byte(`"first"`)); !errors.Is(err, idempotency.ErrLost) {
			t.Errorf("%s: Complete: %v, want ErrLost", when, err)
		}
	}
	lost("while the second works")
	begin(t, h.Store, r, idempotency.InFlight)
	if err := h.Store.Complete(t.Context(), second, []byte(`"second"`)); err != nil {
		t.Fatal(err)
	}
	lost("when the second has finished")
	if c := begin(t, h.Store, r, idempotency.Finished); string(c.Result) != `"second"` {
		t.Errorf("the result is %s", c.Result)
	}
	r = request(newKey())
	first = begin(t, h.Store, r, idempotency.Claimed)
	h.Advance(t, r.Lease)
	if err := h.Store.Abandon(t.Context(), begin(t, h.Store, r, idempotency.Claimed)); err != nil {
		t.Fatal(err)
	}
	lost("when the second has failed")
	begin(t, h.Store, r, idempotency.Claimed)
	lostOnce(t, h)
}

// lostOnce is the same through Once: the late one has done it as well, which somebody must hear of.
func lostOnce(t *testing.T, h Harness) {
	key := newKey()
	var c counter
	var reported error
	report := idempotency.WithUnrecorded(func(_ context.Context, k string, err error) {
		if reported = err; k != key {
			t.Errorf("reported for %q", k)
		}
	})
	got, err := idempotency.Once(t.Context(), h.Store, key, func(context.Context) (string, error) {
		h.Advance(t, idempotency.DefaultLease)
		c.once(t, h.Store, key, "receipt 1")
		return "late", nil
	}, report)
	if got != "late" || err != nil || !errors.Is(reported, idempotency.ErrLost) {
		t.Errorf("%q, error %v, reported %v; want ErrLost reported", got, err, reported)
	}
	c.once(t, h.Store, key, "receipt 1")
}

func lateAlone(t *testing.T, h Harness) {
	r := request(newKey())
	c := begin(t, h.Store, r, idempotency.Claimed)
	h.Advance(t, r.Lease+time.Second)
	if err := h.Store.Complete(t.Context(), c, []byte("late")); err != nil {
		t.Fatalf("Complete: %v", err)
	}
	if got := begin(t, h.Store, r, idempotency.Finished); string(got.Result) != "late" {
		t.Errorf("the result is %q", got.Result)
	}
	r = request(newKey())
	c = begin(t, h.Store, r, idempotency.Claimed)
	h.Advance(t, r.Lease+time.Second)
	if err := h.Store.Abandon(t.Context(), c); err != nil {
		t.Errorf("Abandon: %v", err)
	}
}

func takenOverOnce(t *testing.T, h Harness) {
	for what, d := range map[string]time.Duration{"lease": time.Minute, "TTL": 2 * time.Hour} {
		r := request(newKey())
		c := begin(t, h.Store, r, idempotency.Claimed)
		if what == "TTL" {
			if err := h.Store.Complete(t.Context(), c, nil); err != nil {
				t.Fatal(err)
			}
		}
		h.Advance(t, d)
		var claimed atomic.Int64
		var all sync.WaitGroup
		for range 50 {
			all.Add(1)
			go func() {
				defer all.Done()
				c, err := h.Store.Begin(t.Context(), r)
				if err != nil {
					t.Error(err)
				}
				if c.State == idempotency.Claimed {
					claimed.Add(1)
				}
			}()
		}
		all.Wait()
		if claimed.Load() != 1 {
			t.Errorf("after the %s, %d of 50 have it", what, claimed.Load())
		}
	}
}

func expired(t *testing.T, h Harness) {
	key := newKey()
	var c counter
	c.once(t, h.Store, key, "receipt 1", idempotency.WithPayload([]byte("a")))
	h.Advance(t, idempotency.DefaultTTL-time.Minute)
	c.once(t, h.Store, key, "receipt 1")
	h.Advance(t, time.Minute)
	c.once(t, h.Store, key, "receipt 2", idempotency.WithPayload([]byte("b"))) // whatever it was for
	c.once(t, h.Store, key, "receipt 2", idempotency.WithPayload([]byte("b")))
}

// keptInFlight: the time of a claim does not run before its work is done.
func keptInFlight(t *testing.T, h Harness) {
	r := request(newKey())
	r.Lease, r.TTL = time.Hour, time.Minute
	c := begin(t, h.Store, r, idempotency.Claimed)
	h.Advance(t, 59*time.Minute)
	begin(t, h.Store, r, idempotency.InFlight)
	if err := h.Store.Complete(t.Context(), c, []byte("1")); err != nil {
		t.Fatal(err)
	}
	h.Advance(t, 59*time.Second)
	begin(t, h.Store, r, idempotency.Finished)
	h.Advance(t, time.Second)
	begin(t, h.Store, r, idempotency.Claimed)
}

// distinctKeys: what databases take for the same, unless told otherwise.
func distinctKeys(t *testing.T, h Harness) {
	base := newKey()
	long := strings.Repeat("x", 1000)
	keys := []string{
		"key", "KEY", "key ", " key", "kéy", "ke\u0301y", "key\x00", "key\x00\x00", "key\xff", "key%", "k_y", "key'", `key\`, `key"`,
		long, long + "y", idempotency.Key("a", "b/c"), idempotency.Key("a/b", "c"),
	}
	for i := range keys {
		keys[i] = base + keys[i]
	}
	for pass := range 2 {
		for i, key := range keys {
			got, err := idempotency.Once(t.Context(), h.Store, key, func(context.Context) (int, error) {
				if pass > 0 {
					t.Errorf("%q was not found", key)
				}
				return i, nil
			})
			if got != i || err != nil {
				t.Errorf("%q got the result of %q, error %v", key, keys[got], err)
			}
		}
	}
	var c counter
	if _, err := idempotency.Once(t.Context(), h.Store, "", c.work); !errors.Is(err, idempotency.ErrKey) || c.n != 0 {
		t.Errorf("no key: %v after %d executions", err, c.n)
	}
}
