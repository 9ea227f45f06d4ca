package unit

import (
	"encoding/json"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestConfigMain: only packages of a main module have a configuration, however the go command puts it.
func TestConfigMain(t *testing.T) {
	std := filepath.Join(runtime.GOROOT(), "src", "fmt") //nolint:staticcheck // as the code does
	tests := []struct {
		name string
		cfg  string
		want bool
		dir  string
	}{
		{"main module", `{"Dir": "/m/a", "ModulePath": "example.com/m"}`, true, "/m/a"},
		{"dependency", `{"Dir": "/m/a", "ModulePath": "example.com/m", "ModuleVersion": "v1.0.0"}`, false, "/m/a"},
		{"main module, go1.27", `{"Dir": "/m/a", "Module": {"Path": "example.com/m"}}`, true, "/m/a"},
		{"dependency, go1.27", `{"Dir": "/m/a", "Module": {"Path": "example.com/m", "Version": "v1.0.0"}}`, false, "/m/a"},
		{"files", `{"Dir": "/m/a", "ImportPath": "command-line-arguments"}`, true, "/m/a"},
		{"without directory", `{"GoFiles": ["/m/a/a.go"], "ModulePath": "example.com/m"}`, true, "/m/a"},
		{"standard library", `{"Dir": "` + filepath.ToSlash(std) + `", "ImportPath": "fmt"}`, false, filepath.ToSlash(std)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var c Config
			require.NoError(t, json.Unmarshal([]byte(test.cfg), &c))
			assert.Equal(t, test.want, c.Main())
			assert.Equal(t, test.dir, filepath.ToSlash(c.Folder()))
		})
	}
}
