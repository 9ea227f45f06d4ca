package idempotency

import (
	"container/list"
	"context"
	"crypto/rand"
	"sync"
	"time"
)

// Defaults of a [MemoryConfig].
const (
	// DefaultMaxKeys is 100,000: ours; about 30 MB with results of 100 bytes.
	DefaultMaxKeys = 100_000
	// DefaultMaxBytes is 64 MiB: ours.
	DefaultMaxBytes = 64 << 20
)

// MemoryConfig bounds a [Memory]. Its zero value, and zero or less in a field, mean the defaults.
type MemoryConfig struct {
	// MaxKeys is how many keys are held at most, in flight and finished.
	MaxKeys int
	// MaxBytes is how much the results of finished keys may take, in bytes. A result that is
	// larger by itself is kept until the next one comes.
	MaxBytes int
}

// Memory is a [Store] for one process: another process, or this one when it starts again, knows
// nothing of it. It is for tests, for programs of which there is one, and for effects that are in
// the same memory.
//
// It never grows beyond its bounds. Where it would, it forgets the key that finished first, even
// if its TTL is not over; a claim in flight is never forgotten before its lease has run out, and
// when there are only such, Begin returns [ErrFull].
type Memory struct {
	config MemoryConfig

	mu       sync.Mutex
	keys     map[string]*list.Element // of *entry
	inFlight *list.List               // as they began
	finished *list.List               // as they finished
	bytes    int                      // of all results
}

// entry is what a Memory knows of a key.
type entry struct {
	key, token, fingerprint string

	finished bool
	lease    time.Time // until when it is in flight
	expires  time.Time // until when it is kept
	result   []byte
}

// NewMemory returns an empty store.
func NewMemory(c MemoryConfig) *Memory {
	if c.MaxKeys <= 0 {
		c.MaxKeys = DefaultMaxKeys
	}
	if c.MaxBytes <= 0 {
		c.MaxBytes = DefaultMaxBytes
	}
	return &Memory{config: c, keys: make(map[string]*list.Element), inFlight: list.New(), finished: list.New()}
}

// Len returns how many keys the store holds.
func (m *Memory) Len() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.keys)
}

// Begin claims a key, as [Store] says. The error is the context's cause, or [ErrFull].
func (m *Memory) Begin(ctx context.Context, r Request) (Claim, error) {
	if ctx.Err() != nil {
		return Claim{}, context.Cause(ctx)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	c := Claim{Key: r.Key, TTL: r.TTL, State: Claimed}
	if at, ok := m.keys[r.Key]; ok {
		e := at.Value.(*entry)
		switch {
		case !now.Before(e.expires):
		case r.Fingerprint != "" && e.fingerprint != "" && r.Fingerprint != e.fingerprint:
			c.State = Mismatch
			return c, nil
		case e.finished:
			c.State, c.Result = Finished, e.result
			return c, nil
		case now.Before(e.lease):
			c.State, c.Left = InFlight, e.lease.Sub(now)
			return c, nil
		}
		m.forget(at)
	}
	if !m.makeRoom(now) {
		return Claim{}, ErrFull
	}
	c.Token = rand.Text()
	lease := now.Add(r.Lease)
	m.keys[r.Key] = m.inFlight.PushBack(&entry{
		key: r.Key, token: c.Token, fingerprint: r.Fingerprint, lease: lease, expires: lease.Add(r.TTL),
	})
	return c, nil
}

// Complete finishes a claim, as [Store] says. The store keeps a copy of result.
func (m *Memory) Complete(_ context.Context, c Claim, result []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	at, ok := m.owned(c)
	if !ok {
		return ErrLost
	}
	e := *at.Value.(*entry)
	m.forget(at)
	now := time.Now()
	e.finished, e.expires, e.result = true, now.Add(c.TTL), append([]byte(nil), result...)
	m.keys[e.key] = m.finished.PushBack(&e)
	m.bytes += len(e.result)
	for m.bytes > m.config.MaxBytes && m.finished.Len() > 1 {
		m.forget(m.finished.Front())
	}
	return nil
}

// Abandon gives a claim back, as [Store] says.
func (m *Memory) Abandon(_ context.Context, c Claim) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	at, ok := m.owned(c)
	if !ok || at.Value.(*entry).finished {
		return ErrLost
	}
	m.forget(at)
	return nil
}

// owned returns the entry of a claim, if it is still the claim's.
func (m *Memory) owned(c Claim) (*list.Element, bool) {
	at, ok := m.keys[c.Key]
	return at, ok && c.Token != "" && at.Value.(*entry).token == c.Token
}

// forget drops an entry.
func (m *Memory) forget(at *list.Element) {
	e := at.Value.(*entry)
	delete(m.keys, e.key)
	if e.finished {
		m.bytes -= len(e.result)
		m.finished.Remove(at)
		return
	}
	m.inFlight.Remove(at)
}

// makeRoom drops what is over, and then what has to go, and reports whether there is room for
// another key.
func (m *Memory) makeRoom(now time.Time) bool {
	for at := m.finished.Front(); at != nil && !now.Before(at.Value.(*entry).expires); at = m.finished.Front() {
		m.forget(at)
	}
	for at := m.inFlight.Front(); at != nil && !now.Before(at.Value.(*entry).expires); at = m.inFlight.Front() {
		m.forget(at)
	}
	if len(m.keys) < m.config.MaxKeys {
		return true
	}
	if at := m.finished.Front(); at != nil {
		m.forget(at)
		return true
	}
	// The claim that began first is the first to lapse, unless its lease is longer than others.
	if at := m.inFlight.Front(); at != nil && !now.Before(at.Value.(*entry).lease) {
		m.forget(at)
		return true
	}
	return false
}
