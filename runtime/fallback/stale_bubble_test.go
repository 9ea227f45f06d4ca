//go:build go1.25

package fallback_test

import (
	"context"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"github.com/resilint/resilint/runtime/fallback"
)

func TestStaleMaxAge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s fallback.Stale[string, int]
		bad := func(context.Context) (int, error) { return 0, io.EOF }
		_, _ = s.Value(t.Context(), "A1", func(context.Context) (int, error) { return 7, nil })
		time.Sleep(fallback.DefaultMaxAge)
		if v, err := s.Value(t.Context(), "A1", bad); v != 7 || err != nil {
			t.Errorf("as old as allowed: %d, %v", v, err)
		}
		time.Sleep(1)
		if _, err := s.Value(t.Context(), "A1", bad); err != io.EOF {
			t.Errorf("too old, and returned: %v", err)
		}
	})
}
