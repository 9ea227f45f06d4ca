package regexp

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestMustCompile: a mistake in an expression shows in the tests of its package, not at a user's.
func TestMustCompile(t *testing.T) {
	assert.Panics(t, func() { MustCompile("(") })
}

// TestMethods: every method answers as the standard library's does.
func TestMethods(t *testing.T) {
	const expr, text = `(?i)(\w+)-(\d+)`, "a-1 b c-22"
	got, want := MustCompile(expr), regexp.MustCompile(expr)
	upper := func(b []byte) []byte { return []byte(strings.ToUpper(string(b))) }
	assert.Equal(t, want.String(), got.String())
	assert.Equal(t, want.Match([]byte(text)), got.Match([]byte(text)))
	assert.Equal(t, want.MatchString("none"), got.MatchString("none"))
	assert.Equal(t, want.Find([]byte(text)), got.Find([]byte(text)))
	assert.Equal(t, want.FindSubmatch([]byte(text)), got.FindSubmatch([]byte(text)))
	assert.Equal(t, want.FindString(text), got.FindString(text))
	assert.Equal(t, want.FindStringIndex(text), got.FindStringIndex(text))
	assert.Equal(t, want.FindStringSubmatch(text), got.FindStringSubmatch(text))
	assert.Equal(t, want.FindAllString(text, -1), got.FindAllString(text, -1))
	assert.Equal(t, want.FindAllStringSubmatch(text, 1), got.FindAllStringSubmatch(text, 1))
	assert.Equal(t, want.FindAllStringSubmatchIndex(text, -1), got.FindAllStringSubmatchIndex(text, -1))
	assert.Equal(t, want.ReplaceAll([]byte(text), []byte("$2")), got.ReplaceAll([]byte(text), []byte("$2")))
	assert.Equal(t, want.ReplaceAllFunc([]byte(text), upper), got.ReplaceAllFunc([]byte(text), upper))
	assert.Equal(t, want.ReplaceAllString(text, "$1"), got.ReplaceAllString(text, "$1"))
	assert.Equal(t, want.ReplaceAllStringFunc(text, strings.ToUpper), got.ReplaceAllStringFunc(text, strings.ToUpper))
	assert.Equal(t, regexp.QuoteMeta("a.b"), QuoteMeta("a.b"))
}

// TestMatches: what is remembered is what matches, also of more and longer texts than are remembered.
func TestMatches(t *testing.T) {
	re := &Regexp{expr: "1$"}
	for range 2 {
		for i := range maxTexts + 100 {
			text := strconv.Itoa(i)
			assert.Equal(t, i%10 == 1, re.MatchString(text))
			if i%1000 == 1 {
				assert.True(t, re.MatchString(strings.Repeat("x", maxLength)+text))
			}
		}
	}
	assert.Len(t, re.matches, maxTexts)
}

// TestLater: outside of tests an expression is compiled once, by whoever comes first.
func TestLater(t *testing.T) {
	re := &Regexp{expr: "^a"}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { assert.True(t, re.MatchString("ab")) })
	}
	wg.Wait()
	assert.Panics(t, func() { (&Regexp{expr: "("}).MatchString("") })
}
