package doc_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/resilint/resilint/internal/doc"
)

func TestExtract(t *testing.T) {
	const source = `// Package rule is about something.
//
// # Analyzer rule
//
// rule: report something
//
// It hurts.
//
// # What is reported
//
//   - code: a case
package rule
`
	assert.Equal(t, "report something\n\nIt hurts.\n\n# What is reported\n\n  - code: a case", doc.Extract(source, "rule"))

	assert.Panics(t, func() { doc.Extract(source, "other") }, "no heading")
	assert.Panics(t, func() { doc.Extract("// # Analyzer rule\n//\n// something\npackage rule", "rule") }, "no summary")
	assert.Panics(t, func() { doc.Extract("package", "rule") }, "no Go")
}
