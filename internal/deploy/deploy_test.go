package deploy_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/resilint/resilint/internal/deploy"
)

const pod = `
kind: Deployment
spec:
  template:
    spec:
      containers:
      - name: shop
        livenessProbe:
          initialDelaySeconds: 3
          httpGet:
            port: http
            path: /healthz
`

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		files map[string]string // below the directory of the module, which is "repo/svc"
		want  deploy.Files
	}{
		"nothing":              {map[string]string{"main.go": "package main", "config.yaml": "port: 80"}, deploy.Files{}},
		"Dockerfile":           {map[string]string{"build/Dockerfile.prod": "FROM scratch"}, deploy.Files{Packaged: true}},
		"health check":         {map[string]string{"Dockerfile": "FROM a\nHEALTHCHECK CMD wget localhost"}, deploy.Files{Packaged: true, Probed: true}},
		"Kubernetes":           {map[string]string{"deploy/shop.yaml": pod}, deploy.Files{Packaged: true, Probed: true, Lively: []string{"/healthz"}}},
		"unit":                 {map[string]string{"shop.service": "[Service]\nExecStart=/shop"}, deploy.Files{Packaged: true}},
		"Compose, a database":  {map[string]string{"compose.yaml": "services:\n  db:\n    healthcheck:\n      test: pg_isready"}, deploy.Files{Packaged: true}},
		"Compose, by HTTP":     {map[string]string{"compose.yaml": "services:\n  shop:\n    healthcheck:\n      test: curl localhost"}, deploy.Files{Packaged: true, Probed: true}},
		"up to the repository": {map[string]string{"../Dockerfile": "FROM scratch"}, deploy.Files{Packaged: true}},
		"not beyond it":        {map[string]string{"../../Dockerfile": "FROM scratch"}, deploy.Files{}},
		"another module's":     {map[string]string{"other/go.mod": "module other", "other/Dockerfile": "FROM scratch"}, deploy.Files{}},
		"an example's":         {map[string]string{"examples/Dockerfile": "FROM scratch"}, deploy.Files{}},
	} {
		t.Run(name, func(t *testing.T) {
			module := filepath.Join(t.TempDir(), "repo", "svc")
			test.files["../.git/HEAD"] = "ref: refs/heads/main"
			test.files["go.mod"] = "module example.org/svc"
			for name, content := range test.files {
				path := filepath.Join(module, filepath.FromSlash(name))
				require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
				require.NoError(t, os.WriteFile(path, []byte(content), 0o666))
			}
			assert.Equal(t, &test.want, deploy.Read(module))
		})
	}
}
