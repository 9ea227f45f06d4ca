package severity

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOf(t *testing.T) {
	for key, want := range map[[2]string]Level{
		{"notimeout", "client"}:                 Error,
		{"notimeout", "partial"}:                Warning,
		{"unboundedretry", "no-jitter"}:         Warning,
		{"unboundedretry", "no-cap"}:            Error,
		{"noshutdown", "never"}:                 Warning,
		{"nohealth", "none"}:                    Note,
		{"a rule that is not in the table", ""}: Error,
	} {
		assert.Equal(t, want, Of(key[0], key[1]), key)
	}
}

func TestIsNote(t *testing.T) {
	assert.True(t, IsNote("nohealth"))
	assert.False(t, IsNote("noshutdown"))
	assert.False(t, IsNote("notimeout"))
}

func TestParse(t *testing.T) {
	for _, l := range []Level{Note, Warning, Error} {
		parsed, err := Parse(l.String())
		require.NoError(t, err)
		assert.Equal(t, l, parsed)
	}
	_, err := Parse("fatal")
	assert.Error(t, err)
}
