package doc_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/doc"
	"github.com/resilint/resilint/internal/severity"
)

func TestRules(t *testing.T) {
	rules := doc.Rules([]*analysis.Analyzer{{
		Name: "notimeout", URL: "https://example.org/notimeout.md",
		Doc: "report remote calls\n\n# What is reported\n\nTwo things:\n\n  - client: a client\n    without a timeout.\n  - partial: half\n    a timeout.\n\nMore of it.\n\n# What is not\n\n  - other: nothing.",
	}})
	assert.Equal(t, []doc.Rule{
		{ID: "notimeout/client", Title: "report remote calls", Text: "a client without a timeout.", URL: "https://example.org/notimeout.md#client", Level: severity.Error},
		{ID: "notimeout/partial", Title: "report remote calls", Text: "half a timeout.", URL: "https://example.org/notimeout.md#partial", Level: severity.Warning},
	}, rules)
}
