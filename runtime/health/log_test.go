package health

import (
	"context"
	"log/slog"
	"strings"
	"sync"
)

// silent makes r log nowhere.
func silent(r *Readiness) *Readiness {
	r.Logger = slog.New(slog.DiscardHandler)
	return r
}

// lines is a log of its own.
type lines struct {
	mu sync.Mutex
	s  []string
}

func (l *lines) Enabled(context.Context, slog.Level) bool { return true }
func (l *lines) WithAttrs([]slog.Attr) slog.Handler       { return l }
func (l *lines) WithGroup(string) slog.Handler            { return l }
func (l *lines) Handle(_ context.Context, r slog.Record) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	line := r.Level.String() + " " + r.Message
	r.Attrs(func(a slog.Attr) bool {
		line += " " + a.String()
		return true
	})
	l.s = append(l.s, line)
	return nil
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.s, "\n")
}
