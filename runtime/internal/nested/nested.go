// Package nested marks contexts of attempts that are made by a retry, so that a retry further
// in makes one attempt only: attempts multiply with every layer that repeats.
package nested

import "context"

type key struct{}

// marked is a context of an attempt. It is cheaper than context.WithValue, and says so only for
// one key.
type marked struct{ context.Context }

func (m marked) Value(k any) any {
	if k == (key{}) {
		return true
	}
	return m.Context.Value(k)
}

// Mark returns ctx as the context of an attempt.
func Mark(ctx context.Context) context.Context {
	if Inside(ctx) {
		return ctx
	}
	return marked{ctx}
}

// Inside reports whether ctx is that of an attempt, or derived from one.
func Inside(ctx context.Context) bool { return ctx.Value(key{}) != nil }

// Is reports whether k is the key that a context of an attempt answers with a value other than
// nil: for contexts that are attempts themselves.
func Is(k any) bool { return k == (key{}) }
