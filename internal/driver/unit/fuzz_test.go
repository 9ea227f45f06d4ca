package unit

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// FuzzReadVetx: whatever a file of facts contains, reading it does not panic, and what is read is written
// as it was.
func FuzzReadVetx(f *testing.F) {
	for _, seed := range []string{"", mark, mark + "\x01\x00\x00\x00\x00\x00\x00\x00ab", mark + "\xff\xff\xff\xff\xff\xff\xff\xff", "vetx"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		name := filepath.Join(t.TempDir(), "vet.out")
		require.NoError(t, os.WriteFile(name, data, 0o666))
		v, err := readVetx(name)
		if err != nil || len(v.types)+len(v.facts) == 0 {
			return
		}
		require.NoError(t, v.write(name))
		again, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.Equal(t, data, again)
	})
}
