package idempotency_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/resilint/resilint/runtime/idempotency"
	"github.com/resilint/resilint/runtime/resilience"
)

// The behaviours of package storetest are not repeated here.

// broken is a store that fails where it is told to.
type broken struct {
	idempotency.Store
	begin, complete, abandon error
	completed, abandoned     int
}

func (b *broken) Begin(ctx context.Context, r idempotency.Request) (idempotency.Claim, error) {
	if b.begin != nil {
		return idempotency.Claim{}, b.begin
	}
	return b.Store.Begin(ctx, r)
}

func (b *broken) Complete(ctx context.Context, c idempotency.Claim, result []byte) error {
	if b.completed++; b.complete != nil {
		return b.complete
	}
	return b.Store.Complete(ctx, c, result)
}

func (b *broken) Abandon(ctx context.Context, c idempotency.Claim) error {
	if b.abandoned++; b.abandon != nil {
		return b.abandon
	}
	return b.Store.Abandon(ctx, c)
}

func newBroken() *broken {
	return &broken{Store: idempotency.NewMemory(idempotency.MemoryConfig{})}
}

var errDown = errors.New("the store is down")

func one(context.Context) (int, error) { return 1, nil }

func never(t *testing.T) func(context.Context) (int, error) {
	return func(context.Context) (int, error) {
		t.Error("the work was done")
		return 0, nil
	}
}

// When it cannot be known whether it was done, it is not.
func TestBeginFails(t *testing.T) {
	s := newBroken()
	s.begin = errDown
	if _, err := idempotency.Once(t.Context(), s, "k", never(t)); !errors.Is(err, errDown) {
		t.Errorf("error %v", err)
	}
}

// When it was done and cannot be recorded, it counts as done.
func TestCompleteFails(t *testing.T) {
	var log bytes.Buffer
	def := slog.Default()
	defer slog.SetDefault(def)
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))

	s := newBroken()
	s.complete = errDown
	if v, err := idempotency.Once(t.Context(), s, "k", one); v != 1 || err != nil || s.completed != 3 || s.abandoned != 0 {
		t.Errorf("%d, error %v, told %d times, abandoned %d times", v, err, s.completed, s.abandoned)
	}
	if !strings.Contains(log.String(), "level=WARN") || !strings.Contains(log.String(), "key=k") {
		t.Errorf("logged: %s", &log)
	}
	// It was not given back: a duplicate has to wait until the lease runs out.
	if _, err := idempotency.Once(t.Context(), s, "k", never(t)); !errors.Is(err, idempotency.ErrInFlight) {
		t.Errorf("error %v", err)
	}
	v, err := idempotency.Once(t.Context(), s, "strict", one, idempotency.WithStrict())
	if v != 1 || !errors.Is(err, errDown) || s.completed != 4 || s.abandoned != 1 {
		t.Errorf("strict: %d, error %v, told %d times, abandoned %d times", v, err, s.completed-3, s.abandoned)
	}
}

// The error of the work is what the caller sees, whatever becomes of the claim.
func TestAbandonFails(t *testing.T) {
	s := newBroken()
	s.abandon = errDown
	failed := errors.New("declined")
	v, err := idempotency.Once(t.Context(), s, "k", func(context.Context) (int, error) { return 7, failed })
	if v != 7 || err != failed || s.abandoned != 1 {
		t.Errorf("%d, error %v", v, err)
	}
}

// The context of the work ends with its lease, and its values are the caller's.
func TestContextOfTheWork(t *testing.T) {
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, "v")
	before := time.Now()
	_, _ = idempotency.Once(ctx, newBroken(), "k", func(ctx context.Context) (int, error) {
		at, ok := ctx.Deadline()
		if !ok || at.Before(before.Add(time.Minute)) || time.Until(at) > time.Minute || ctx.Value(key{}) != "v" {
			t.Errorf("deadline %v %v, value %v", at, ok, ctx.Value(key{}))
		}
		return 0, nil
	})
	_, err := idempotency.Once(ctx, newBroken(), "k", func(ctx context.Context) (int, error) {
		<-ctx.Done()
		return 0, context.Cause(ctx)
	}, idempotency.WithLease(time.Nanosecond))
	if !errors.Is(err, idempotency.ErrLease) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
}

// Results that JSON cannot hold.
func TestResults(t *testing.T) {
	s := newBroken()
	if _, err := idempotency.Once(t.Context(), s, "k", func(context.Context) (chan int, error) {
		t.Error("the work was done, though its result cannot be stored")
		return nil, nil
	}); err == nil {
		t.Error("a channel: no error")
	}
	inf := func(context.Context) (any, error) { return func() {}, nil }
	if _, err := idempotency.Once(t.Context(), s, "late", inf); err != nil {
		t.Errorf("found out too late: %v", err)
	}
	if _, err := idempotency.Once(t.Context(), s, "late", inf); !errors.Is(err, idempotency.ErrResult) {
		t.Errorf("its duplicate: %v, want ErrResult", err)
	}
	if _, err := idempotency.Once(t.Context(), s, "strict", inf, idempotency.WithStrict()); err == nil || s.abandoned != 1 {
		t.Errorf("strict: error %v, %d abandoned", err, s.abandoned)
	}
	_, _ = idempotency.Once(t.Context(), s, "type", one)
	if v, err := idempotency.Once(t.Context(), s, "type", func(context.Context) (string, error) { return "", nil }); v != "" || !errors.Is(err, idempotency.ErrResult) {
		t.Errorf("another type: %q, error %v", v, err)
	}
	for range 2 {
		if v, err := idempotency.Once(t.Context(), s, "nothing", func(context.Context) (struct{}, error) { return struct{}{}, nil }); err != nil {
			t.Errorf("%v, error %v", v, err)
		}
	}
}

// No retry repeats what another attempt does not mend, and no breaker counts it.
func TestOutcomes(t *testing.T) {
	for _, err := range []error{
		idempotency.ErrMismatch, idempotency.ErrKey, idempotency.ErrResult, &idempotency.InFlightError{Key: "k", RetryIn: time.Second},
	} {
		if o := resilience.OutcomeOf(err); o != resilience.Ignore || err.Error() == "" {
			t.Errorf("%v is a %v", err, o)
		}
	}
	for s, want := range map[idempotency.State]string{
		idempotency.Claimed: "claimed", idempotency.InFlight: "in flight", idempotency.Finished: "finished", idempotency.Mismatch: "mismatch", 0: "unknown",
	} {
		if s.String() != want {
			t.Errorf("%d is %q", s, s)
		}
	}
}
