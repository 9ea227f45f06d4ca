package resilience

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// logEvery is the least time between two lines about the same kind of event of the same
// dependency, so that a dependency that is down does not fill the disk. What is left out is
// counted in the next line.
const logEvery = time.Second

// logKeys bounds how many kinds of lines are told apart.
const logKeys = 1024

// Slog returns an [Observer] that logs to l, or to slog.Default() as it is at the time if l is
// nil: timeouts as warnings, with what is needed to tune them (dependency, attempt, elapsed,
// configured timeout, deadline left); changes of a breaker's state and the use of a fallback as
// information, also when a retry gives up; the rest as debug messages. Of the lines about one
// kind of event of one dependency at most one is logged a second, and says in "suppressed" how
// many came before it.
func Slog(l *slog.Logger) Observer { return &logger{l: l, seen: make(map[logKey]*logState)} }

type logger struct {
	l *slog.Logger

	mu   sync.Mutex
	seen map[logKey]*logState
}

type logKey struct {
	dep  string
	kind Kind
	to   string
}

type logState struct {
	last       time.Time
	suppressed int
}

func (o *logger) Observe(ctx context.Context, e Event) {
	l := o.l
	if l == nil {
		l = slog.Default()
	}
	level := levelOf(e.Kind)
	if int(e.Kind) >= len(messages) || !l.Enabled(ctx, level) {
		return
	}
	suppressed, ok := o.admit(e)
	if !ok {
		return
	}
	attrs := attrsOf(e)
	if suppressed > 0 {
		attrs = append(attrs, slog.Int("suppressed", suppressed))
	}
	l.LogAttrs(ctx, level, messages[e.Kind], attrs...)
}

// admit reports whether e may be logged now, and how many like it were not, since the last one.
func (o *logger) admit(e Event) (suppressed int, ok bool) {
	key := logKey{e.Dep, e.Kind, e.To}
	now := time.Now()
	o.mu.Lock()
	defer o.mu.Unlock()
	s := o.seen[key]
	if s == nil {
		if len(o.seen) >= logKeys {
			clear(o.seen)
		}
		o.seen[key] = &logState{last: now}
		return 0, true
	}
	if now.Sub(s.last) < logEvery {
		s.suppressed++
		return 0, false
	}
	suppressed = s.suppressed
	s.last, s.suppressed = now, 0
	return suppressed, true
}

var messages = [...]string{
	KindAttempt:    "attempt ended",
	KindTimeout:    "attempt timed out",
	KindRetry:      "attempt failed, retrying",
	KindGiveUp:     "gave up retrying",
	KindReject:     "call rejected",
	KindTransition: "circuit breaker changed state",
	KindDegrade:    "fallback answered",
}

func levelOf(k Kind) slog.Level {
	switch k {
	case KindTimeout:
		return slog.LevelWarn
	case KindTransition, KindDegrade, KindGiveUp:
		return slog.LevelInfo
	}
	return slog.LevelDebug
}

// attrsOf returns the fields that the kind of e sets.
func attrsOf(e Event) []slog.Attr {
	attrs := make([]slog.Attr, 0, 8)
	if e.Dep != "" {
		attrs = append(attrs, slog.String("dep", e.Dep))
	}
	if e.Attempt > 0 {
		attrs = append(attrs, slog.Int("attempt", e.Attempt))
	}
	switch e.Kind {
	case KindAttempt:
		attrs = append(attrs, slog.String("outcome", e.Outcome.String()), slog.Duration("elapsed", e.Elapsed))
	case KindTimeout:
		attrs = append(attrs, slog.Duration("elapsed", e.Elapsed), slog.Duration("timeout", e.Limit),
			slog.Duration("deadline_left", e.DeadlineLeft), slog.Int64("bytes_read", e.BytesRead))
	case KindRetry:
		attrs = append(attrs, slog.Duration("delay", e.Delay))
	case KindGiveUp:
		attrs = append(attrs, slog.Duration("elapsed", e.Elapsed))
	case KindTransition:
		attrs = append(attrs, slog.String("from", e.From), slog.String("to", e.To))
	}
	if e.Err != nil {
		attrs = append(attrs, slog.String("err", e.Err.Error()))
	}
	return attrs
}
