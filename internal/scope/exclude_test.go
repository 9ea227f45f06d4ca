package scope

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestExclude(t *testing.T) {
	t.Cleanup(func() { Exclude("", nil) })
	tests := []struct {
		pattern  string
		fits     []string
		fitsNone []string
	}{
		{"legacy/...", []string{"legacy/a.go", "legacy/b/c.go"}, []string{"legacy2/a.go", "x/legacy/a.go"}},
		{"legacy", []string{"legacy/a.go", "legacy/b/c.go"}, []string{"legacy.go"}},
		{"./legacy/", []string{"legacy/a.go"}, nil},
		{"order/*_client.go", []string{"order/catalog_client.go"}, []string{"order/client.go", "order/sub/catalog_client.go"}},
		{".../mocks/...", []string{"a/mocks/m.go", "a/b/mocks/m.go"}, []string{"a/mocksmith/m.go"}},
		{"a+b.go", []string{"a+b.go"}, []string{"aab.go"}},
	}
	for _, test := range tests {
		Exclude("/m", []string{"other.go", test.pattern})
		for _, name := range test.fits {
			assert.True(t, isExcluded("/m/"+name), "%s fits %s", test.pattern, name)
		}
		for _, name := range append(test.fitsNone, "../other.go") {
			assert.False(t, isExcluded("/m/"+name), "%s does not fit %s", test.pattern, name)
		}
	}
	Exclude("/m", nil)
	assert.False(t, isExcluded("/m/other.go"), "the last call counts")
}
