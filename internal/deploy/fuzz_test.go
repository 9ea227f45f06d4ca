package deploy

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// FuzzLook: whatever the files of a module contain, they are read, and what is found is at a line that
// there is.
func FuzzLook(f *testing.F) {
	for _, seed := range []string{
		"", "kind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: a, livenessProbe: {httpGet: {path: /live}}}]}}}\n",
		"kind: Pod\n---\nkind: Job\n", "kind: &a {kind: *a}\n", "kind: [Pod]\n", "apiVersion: chaos-mesh.org/v1\nkind: NetworkChaos\nmetadata: 1\n",
		"{{ if .x }}\nkind: Deployment\nname: {{ .n }}\n{{ end }}\n", "kind: Deployment\nspec: {template: &t {spec: {containers: [{<<: *t}]}}}\n", "CREATE UNIQUE INDEX a ON b (c);\n",
		"package a\n\ntype t struct{}\n\nfunc (t) RoundTrip(*R) (*P, error) { return nil, errors.New(\"reset\") }\n", "services:\n  a:\n    build: .\n    healthcheck: {test: curl /health}\n",
		"FROM scratch\nHEALTHCHECK CMD curl localhost/live\n", "\xff\xfe\x00", "? [x]\n: kind: Pod\n",
	} {
		f.Add([]byte(seed))
	}
	names := []string{"deploy/app.yaml", "charts/app/templates/a.tpl", "Dockerfile", "docker-compose.yml", "migrations/1.up.sql", "a_test.go", ".github/workflows/ci.yml", "README.md"}
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/m\n"), 0o666))
		for _, name := range names {
			path := filepath.Join(dir, filepath.FromSlash(name))
			require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
			require.NoError(t, os.WriteFile(path, data, 0o666))
		}
		Read(dir)
		s := Look(dir)
		for _, key := range s.UniqueKeys {
			assert.LessOrEqual(t, key.Line, 1+bytes.Count(data, []byte("\n")))
		}
		for _, w := range s.Workloads {
			w.Runs("m")
		}
	})
}
