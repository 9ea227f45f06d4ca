package resilience_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/resilint/resilint/runtime/resilience"
)

func TestOutcomeOf(t *testing.T) {
	boom := errors.New("boom")
	rejected := &resilience.Rejected{Reason: resilience.ErrFull}
	for name, c := range map[string]struct {
		err  error
		want resilience.Outcome
	}{
		"nil":                   {nil, resilience.Success},
		"any other":             {boom, resilience.Failure},
		"caller hung up":        {fmt.Errorf("get: %w", context.Canceled), resilience.Ignore},
		"deadline":              {context.DeadlineExceeded, resilience.Failure},
		"rejected":              {fmt.Errorf("get: %w", rejected), resilience.Ignore},
		"timeout of an attempt": {&resilience.TimeoutError{Err: context.Canceled}, resilience.Failure},
	} {
		if got := resilience.OutcomeOf(c.err); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		if got := resilience.Classify(nil).Of(c.err); got != c.want {
			t.Errorf("%s, by a nil Classify: %v, want %v", name, got, c.want)
		}
	}
	all := resilience.Classify(func(error) resilience.Outcome { return resilience.Ignore })
	if got := all.Of(boom); got != resilience.Ignore {
		t.Errorf("a Classify that ignores: %v", got)
	}
}

func TestRejected(t *testing.T) {
	r := &resilience.Rejected{Dep: "catalog", Reason: resilience.ErrOpen, Until: time.Now().Add(time.Hour)}
	if in := r.RetryIn(); in <= 59*time.Minute || in > time.Hour {
		t.Errorf("retry in %v", in)
	}
	if got := r.Error(); !strings.HasPrefix(got, "catalog: circuit breaker open, next try in ") {
		t.Errorf("%q", got)
	}
	for _, until := range []time.Time{{}, time.Now().Add(-time.Hour)} {
		r := &resilience.Rejected{Reason: resilience.ErrFull, Until: until}
		if in := r.RetryIn(); in != 0 || r.Error() != "bulkhead full" {
			t.Errorf("until %v: retry in %v, %q", until, in, r.Error())
		}
	}
}

func TestNotify(t *testing.T) {
	resilience.Notify(t.Context(), nil, resilience.Event{}) // nobody is told
	told := 0
	resilience.Notify(t.Context(), resilience.ObserverFunc(func(context.Context, resilience.Event) {
		told++
		panic("must not break the call")
	}), resilience.Event{})
	if told != 1 {
		t.Errorf("told %d times", told)
	}
}

// lines returns what the slog observer logs of events, at a level.
func lines(level slog.Level, events ...resilience.Event) []string {
	var buf bytes.Buffer
	h := slog.NewTextHandler(&buf, &slog.HandlerOptions{
		Level: level,
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	})
	o := resilience.Slog(slog.New(h))
	for _, e := range events {
		o.Observe(context.Background(), e)
	}
	return strings.Split(strings.TrimSuffix(buf.String(), "\n"), "\n")
}

func TestSlog(t *testing.T) {
	timeout := resilience.Event{
		Kind: resilience.KindTimeout, Dep: "catalog", Attempt: 2, Elapsed: 3 * time.Second, Limit: 3 * time.Second,
		DeadlineLeft: 4 * time.Second, BytesRead: 5, Err: errors.New("no answer"),
	}
	want := `level=WARN msg="attempt timed out" dep=catalog attempt=2 elapsed=3s timeout=3s deadline_left=4s bytes_read=5 err="no answer"`
	if got := lines(slog.LevelInfo, timeout); len(got) != 1 || got[0] != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}

	transition := resilience.Event{Kind: resilience.KindTransition, Dep: "catalog", From: "closed", To: "open"}
	back := resilience.Event{Kind: resilience.KindTransition, Dep: "catalog", From: "open", To: "half-open"}
	got := lines(slog.LevelInfo, transition, back, resilience.Event{Kind: resilience.KindAttempt}, resilience.Event{Kind: 99})
	if len(got) != 2 || !strings.Contains(got[0], "to=open") || !strings.Contains(got[1], "to=half-open") {
		t.Errorf("each change of state is logged, attempts at the debug level alone: %q", got)
	}
}

func TestKindAndOutcomeStrings(t *testing.T) {
	for k := resilience.KindAttempt; k <= resilience.KindDegrade; k++ {
		if k.String() == "unknown" {
			t.Errorf("kind %d has no name", k)
		}
	}
	if got := fmt.Sprint(resilience.Kind(0), resilience.Kind(99), resilience.Outcome(9), resilience.Ignore); got != "unknown unknown unknown ignore" {
		t.Error(got)
	}
}
