//go:build go1.25

package resilience_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/resilint/resilint/runtime/resilience"
)

// A dependency that is down logs a line a second, and says how many it left out.
func TestSlogIsRateLimited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var buf bytes.Buffer
		o := resilience.Slog(slog.New(slog.NewTextHandler(&buf, nil)))
		for range 35 {
			o.Observe(t.Context(), resilience.Event{Kind: resilience.KindTimeout, Dep: "catalog"})
			time.Sleep(100 * time.Millisecond)
		}
		o.Observe(t.Context(), resilience.Event{Kind: resilience.KindTimeout, Dep: "payment"})
		if n := strings.Count(buf.String(), "dep=catalog"); n != 4 {
			t.Errorf("%d lines about catalog in 3.5 s, want 4", n)
		}
		if n := strings.Count(buf.String(), "suppressed=9"); n != 3 {
			t.Errorf("%d lines say that 9 were suppressed, want 3:\n%s", n, &buf)
		}
		if !strings.Contains(buf.String(), "dep=payment") {
			t.Error("another dependency is not logged")
		}
	})
}

// However many dependencies there are, the memory of the observer is bounded; what it forgets is
// only when it has logged last.
func TestSlogForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var buf bytes.Buffer
		o := resilience.Slog(slog.New(slog.NewTextHandler(&buf, nil)))
		for i := range 5000 {
			o.Observe(context.Background(), resilience.Event{Kind: resilience.KindTimeout, Dep: fmt.Sprint("dep", i)})
		}
		if n := strings.Count(buf.String(), "\n"); n != 5000 {
			t.Errorf("%d lines about 5000 dependencies", n)
		}
	})
}
