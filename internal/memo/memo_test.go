package memo_test

import (
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/resilint/resilint/internal/memo"
)

func TestGet(t *testing.T) {
	var m memo.Map[int, string]
	worked := 0
	for range 3 {
		assert.Equal(t, "7", m.Get(7, func(k int) string { worked++; return strconv.Itoa(k) }))
	}
	assert.Equal(t, 1, worked)
}

// TestForgets: it does not grow for ever.
func TestForgets(t *testing.T) {
	var m memo.Map[int, int]
	for i := range 1 << 18 {
		m.Get(i, func(k int) int { return k })
	}
	again := false
	m.Get(0, func(k int) int { again = true; return k })
	assert.True(t, again)
}

func TestAtOnce(t *testing.T) {
	var m memo.Map[int, int]
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for i := range 1000 {
				assert.Equal(t, 2*i, m.Get(i, func(k int) int { return 2 * k }))
			}
		})
	}
	all.Wait()
}
