// Package fallback answers with something else when a dependency cannot: an empty list of
// recommendations, the price of a minute ago, a promise to do it later.
//
//	recs, err := fallback.Value(ctx, fallback.Policy{Dep: "recommendations"},
//		client.Recommendations,
//		func(context.Context, error) ([]Album, error) { return nil, nil }) // hide them
//
// Whether an answer is as good as the real one, only the caller knows: [Track] and [Degraded]
// tell the handler of a request which of its answers are not the real ones.
//
// A fallback must not need what has failed: not its connections, and not its database.
package fallback

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/resilint/resilint/runtime/resilience"
)

// Policy says what a fallback stands in for. The zero Policy is a good one.
type Policy struct {
	// Dep names the dependency in events, and in what Degraded returns.
	Dep string
	// Classify says what the error of a call means. A fallback stands in for a Failure, and for
	// calls that a breaker or bulkhead rejected. nil means [resilience.OutcomeOf].
	Classify resilience.Classify
	// Observer is told when a fallback answers. nil means nobody.
	Observer resilience.Observer
}

// Value calls primary and returns what it returns. If it fails, alternative is called with its
// error, and answers in its place; an error of alternative is joined to that of primary. The
// errors of primary that alternative does not see are those that are not the dependency's fault:
// an invalid request, and whatever is returned after ctx was cancelled, since nobody waits for
// an answer any more.
func Value[T any](ctx context.Context, p Policy, primary func(context.Context) (T, error), alternative func(context.Context, error) (T, error)) (T, error) {
	v, err := primary(ctx)
	if err == nil || !p.handles(ctx, err) {
		return v, err
	}
	w, failed := alternative(ctx, err)
	if failed != nil {
		return w, fmt.Errorf("%w; and its fallback: %w", err, failed)
	}
	p.degrade(ctx, err)
	return w, nil
}

// handles reports whether a fallback stands in for err.
func (p *Policy) handles(ctx context.Context, err error) bool {
	if errors.Is(ctx.Err(), context.Canceled) {
		return false
	}
	var rejected *resilience.Rejected
	return errors.As(err, &rejected) || p.Classify.Of(err) == resilience.Failure
}

// degrade tells everybody that a fallback has answered.
func (p *Policy) degrade(ctx context.Context, err error) {
	if m, ok := ctx.Value(markKey{}).(*mark); ok {
		m.add(p.Dep)
	}
	resilience.Notify(ctx, p.Observer, resilience.Event{Kind: resilience.KindDegrade, Dep: p.Dep, Err: err})
}

type markKey struct{}

// mark collects the dependencies that a fallback answered for.
type mark struct {
	mu   sync.Mutex
	deps []string
}

func (m *mark) add(dep string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !slices.Contains(m.deps, dep) {
		m.deps = append(m.deps, dep)
	}
}

// Track returns a context that remembers which fallbacks answered under it, for [Degraded]: call
// it where a request comes in.
func Track(ctx context.Context) context.Context {
	return context.WithValue(ctx, markKey{}, new(mark))
}

// Degraded returns the names of the dependencies that a fallback has answered for under ctx, or
// under contexts derived from it, since [Track] was called. Without Track it returns nil.
func Degraded(ctx context.Context) []string {
	m, ok := ctx.Value(markKey{}).(*mark)
	if !ok {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.deps)
}
