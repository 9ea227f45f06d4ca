package unit

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestVetx(t *testing.T) {
	name := filepath.Join(t.TempDir(), "vet.out")
	for _, want := range []vetx{
		{},
		{facts: []byte("facts")},
		{types: []byte("types")},
		{types: []byte("types"), facts: []byte("facts")},
	} {
		require.NoError(t, want.write(name))
		got, err := readVetx(name)
		require.NoError(t, err)
		assert.Equal(t, string(want.types), string(got.types))
		assert.Equal(t, string(want.facts), string(got.facts))
	}

	require.NoError(t, vetx{}.write(name))
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	assert.Empty(t, data, "the go command hashes and keeps it for every dependency")
}

func TestVetxBroken(t *testing.T) {
	dir := t.TempDir()
	whole := filepath.Join(dir, "whole")
	require.NoError(t, vetx{types: []byte("types"), facts: []byte("facts")}.write(whole))
	data, err := os.ReadFile(whole)
	require.NoError(t, err)
	tests := []struct {
		name string
		data []byte
		err  string
	}{
		{"of another tool", append([]byte("vetx\x00\x00\x00\x00"), data[8:]...), "not a file of facts"},
		{"no header", data[:header-1], "not a file of facts"},
		{"types cut short", data[:header+2], "file of facts is cut short"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			name := filepath.Join(dir, test.name)
			require.NoError(t, os.WriteFile(name, test.data, 0o666))
			_, err := readVetx(name)
			assert.ErrorContains(t, err, test.err)
		})
	}

	_, err = readVetx(filepath.Join(dir, "missing"))
	assert.Error(t, err)
}
