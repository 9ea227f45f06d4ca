package doc_test

import (
	"fmt"
	"go/doc/comment"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/resilint/resilint/analyzers"
	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/config"
)

const (
	configFile = "../../docs/config.md"
	schemaFile = "../../docs/resilint.schema.json"
)

// TestConfigPage checks that the page of the configuration file, and its schema, are up to date.
func TestConfigPage(t *testing.T) {
	for path, want := range map[string]string{
		configFile: configPage(),
		schemaFile: string(config.Schema(analyzers.All())),
	} {
		if *update {
			require.NoError(t, os.WriteFile(path, []byte(want), 0o666))
		}
		got, err := os.ReadFile(path)
		assert.NoError(t, err, refresh)
		assert.True(t, want == string(got), "%s is stale: %s", path, refresh)
	}
}

// TestConfigExample checks that the example on the page is a configuration.
func TestConfigExample(t *testing.T) {
	page, err := os.ReadFile(configFile)
	require.NoError(t, err)
	_, rest, ok := strings.Cut(string(page), "```yaml\n")
	require.True(t, ok)
	example, _, _ := strings.Cut(rest, "```\n")
	cfg, err := config.Parse("docs/config.md", []byte(example), analyzers.All())
	require.NoError(t, err)
	assert.NotEmpty(t, cfg.Flags())
	assert.Len(t, cfg.Catalog, 2)
	t.Cleanup(func() { require.NoError(t, catalog.Extend(nil)) })
	require.NoError(t, cfg.Extend())
	assert.NotNil(t, catalog.CallNamed("example.org/kit/rpc.Client.Call"))
	assert.Nil(t, catalog.CallNamed("github.com/jackc/pgx/pgxpool.Pool.Query"), "it is bounded")
}

func configPage() string {
	var page strings.Builder
	page.WriteString("<!-- Generated from internal/config by \"go generate ./internal/doc\". -->\n\n# " + config.Name + "\n\n")
	for _, block := range new(comment.Parser).Parse(config.Manual()).Content {
		if code, ok := block.(*comment.Code); ok {
			fmt.Fprintf(&page, "```yaml\n%s```\n\n", code.Text)
			continue
		}
		page.WriteString(markdown(block) + "\n")
	}
	page.WriteString("## Keys\n\nThe [JSON Schema](resilint.schema.json) of the file has them too, for editors.\n\n" +
		"| key | value | meaning |\n|---|---|---|\n")
	for _, row := range config.Keys(analyzers.All()) {
		fmt.Fprintf(&page, "| `%s` | %s | %s |\n", row.Key, row.Value, strings.ReplaceAll(row.Meaning, "|", `\|`))
	}
	return page.String()
}
