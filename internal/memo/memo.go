// Package memo keeps what is worked out of a thing again and again, for the life of a process.
package memo

import (
	"sync"
	"sync/atomic"
)

const maxKept = 1 << 18 // then all is forgotten: of programs that are long gone, in a process that looks at many

// A Map keeps values by keys. The zero Map is empty, and may be used by several goroutines at a time.
type Map[K comparable, V any] struct {
	kept   sync.Map
	stored atomic.Int64
}

// Get returns the value of a key, which work makes where it is not known. Goroutines that ask at the same time may make it
// several times.
func (m *Map[K, V]) Get(key K, work func(K) V) V {
	if known, ok := m.kept.Load(key); ok {
		return known.(V)
	}
	value := work(key)
	if m.stored.Add(1)%maxKept == 0 {
		m.kept.Clear()
	}
	m.kept.Store(key, value)
	return value
}
