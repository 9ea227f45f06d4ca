//go:build go1.25

package conformance

import (
	"context"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/resilint/resilint/runtime/breaker"
	"github.com/resilint/resilint/runtime/bulkhead"
	"github.com/resilint/resilint/runtime/httpclient"
	"github.com/resilint/resilint/runtime/internal/pipenet"
	"github.com/resilint/resilint/runtime/retry"
)

var allocationRows = []row{
	{63, "what happens nearly always allocates next to nothing", allocations},
}

func allocations(t *testing.T) {
	ctx := t.Context()
	closed, full := breaker.New("", breaker.Config{}), bulkhead.New("", bulkhead.Config{})
	open := breaker.New("", breaker.Config{})
	for range 20 {
		_ = open.Do(ctx, fail)
	}
	budget := retry.NewBudget(0, 0)
	one := func(context.Context) (int, error) { return 1, nil }
	for name, c := range map[string]struct {
		most float64
		f    func()
	}{
		"retry, success":   {0, func() { _, _ = retry.Value(ctx, retry.Policy{Budget: budget}, one) }},
		"retry.Do":         {0, func() { _ = retry.Do(ctx, retry.Policy{}, succeed) }},
		"breaker, closed":  {0, func() { _, _ = breaker.Value(ctx, closed, one) }},
		"breaker, open":    {0, func() { _, _ = breaker.Value(ctx, open, one) }},
		"breaker, Allow":   {0, func() { c, _ := closed.Allow(); c.Done(0) }},
		"bulkhead":         {0, func() { _, _ = bulkhead.Value(ctx, full, one) }},
		"bulkhead, Slot":   {0, func() { s, _ := full.Acquire(ctx); s.Release() }},
		"stack, timeout 4": {4, func() { _, _ = stack(ctx, budget, closed, full, one) }},
	} {
		if got := testing.AllocsPerRun(200, c.f); got > c.most {
			t.Errorf("%s: %.0f allocations, want at most %.0f", name, got, c.most)
		}
	}
	bare, whole := allocationsOfGet(t, false), allocationsOfGet(t, true)
	if whole > bare+10 {
		t.Errorf("GET: %.0f allocations, %.0f with a bare client: want at most 10 more", whole, bare)
	}
}

// stack is a call through everything but HTTP.
func stack(ctx context.Context, budget *retry.Budget, b *breaker.Breaker, h *bulkhead.Bulkhead, f func(context.Context) (int, error)) (int, error) {
	return retry.Value(ctx, retry.Policy{Budget: budget, PerAttempt: time.Second}, func(ctx context.Context) (int, error) {
		return breaker.Value(ctx, b, func(ctx context.Context) (int, error) {
			return bulkhead.Value(ctx, h, f)
		})
	})
}

func allocationsOfGet(t *testing.T, whole bool) float64 {
	_, base := pipenet.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") }))
	c := &http.Client{Transport: base}
	if whole {
		c = httpclient.New("catalog", httpclient.WithTransport(base))
	}
	get := func() {
		req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := c.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
	}
	for range 50 {
		get()
	}
	return testing.AllocsPerRun(1000, get)
}
