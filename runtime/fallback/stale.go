package fallback

import (
	"container/list"
	"context"
	"sync"
	"time"
)

// Defaults of a [Stale].
const (
	// DefaultMaxAge is 10 minutes: ours. Long enough for a dependency to be mended, and short
	// enough that an answer is not called fresh by those who read it.
	DefaultMaxAge = 10 * time.Minute
	// DefaultMaxEntries is 1024: ours.
	DefaultMaxEntries = 1024
)

// Stale keeps the last good answer for each key, and returns it when a dependency fails. It
// saves no calls: as long as the dependency answers, its answers are used. The zero Stale is
// ready for use; its fields must not be changed afterwards, and it must not be copied.
type Stale[K comparable, V any] struct {
	Policy Policy
	// MaxAge is how old an answer may be that is returned. 0 means [DefaultMaxAge].
	MaxAge time.Duration
	// MaxEntries is how many answers are kept: those that were used last. 0 means
	// [DefaultMaxEntries].
	MaxEntries int

	mu     sync.Mutex
	byKey  map[K]*list.Element // of kept
	recent list.List           // the one that was used last in front
}

type kept[K comparable, V any] struct {
	key K
	v   V
	at  time.Time
}

// Value calls load and returns what it returns. If load fails, and a former answer for key is
// not too old, that is returned; otherwise the error of load.
func (s *Stale[K, V]) Value(ctx context.Context, key K, load func(context.Context) (V, error)) (V, error) {
	v, err := load(ctx)
	if err == nil {
		s.keep(key, v)
		return v, nil
	}
	if !s.Policy.handles(ctx, err) {
		return v, err
	}
	old, ok := s.find(key)
	if !ok {
		return v, err
	}
	s.Policy.degrade(ctx, err)
	return old, nil
}

func (s *Stale[K, V]) keep(key K, v V) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byKey == nil {
		s.byKey = make(map[K]*list.Element)
	}
	now := time.Now()
	if e, ok := s.byKey[key]; ok {
		e.Value = kept[K, V]{key, v, now}
		s.recent.MoveToFront(e)
		return
	}
	s.byKey[key] = s.recent.PushFront(kept[K, V]{key, v, now})
	limit := s.MaxEntries
	if limit <= 0 {
		limit = DefaultMaxEntries
	}
	for len(s.byKey) > limit {
		s.drop(s.recent.Back())
	}
}

func (s *Stale[K, V]) find(key K) (v V, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.byKey[key]
	if !ok {
		return v, false
	}
	k := e.Value.(kept[K, V])
	limit := s.MaxAge
	if limit <= 0 {
		limit = DefaultMaxAge
	}
	if time.Since(k.at) > limit {
		s.drop(e)
		return v, false
	}
	s.recent.MoveToFront(e)
	return k.v, true
}

func (s *Stale[K, V]) drop(e *list.Element) {
	delete(s.byKey, e.Value.(kept[K, V]).key)
	s.recent.Remove(e)
}
