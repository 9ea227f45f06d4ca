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
		"an empty one":         {map[string]string{"Dockerfile": "\n", "compose.yaml": ""}, deploy.Files{}},
		"health check":         {map[string]string{"Dockerfile": "FROM a\nHEALTHCHECK CMD wget localhost"}, deploy.Files{Packaged: true, Probed: true}},
		"Kubernetes":           {map[string]string{"deploy/shop.yaml": pod}, deploy.Files{Packaged: true, Probed: true, Lively: []string{"/healthz"}}},
		"unit":                 {map[string]string{"shop.service": "[Service]\nExecStart=/shop"}, deploy.Files{Packaged: true}},
		"Compose, a database":  {map[string]string{"compose.yaml": "services:\n  db:\n    healthcheck:\n      test: pg_isready"}, deploy.Files{}},
		"Compose, built":       {map[string]string{"compose.yaml": "services:\n  shop:\n    build: ."}, deploy.Files{Packaged: true}},
		"Compose, by HTTP":     {map[string]string{"compose.yaml": "services:\n  shop:\n    healthcheck:\n      test: curl localhost"}, deploy.Files{Packaged: true, Probed: true}},
		"Compose, by a port":   {map[string]string{"compose.yaml": "services:\n  shop:\n    healthcheck:\n      test: [CMD, nc, -z, localhost, \"50051\"]"}, deploy.Files{Packaged: true, Probed: true}},
		"Nomad":                {map[string]string{"shop.nomad": "service {\n check {\n  type = \"http\"\n }\n}"}, deploy.Files{Packaged: true, Probed: true}},
		"a load balancer":      {map[string]string{"lb.tf": "target_group {\n health_check {\n }\n}"}, deploy.Files{Probed: true}},
		"monit":                {map[string]string{"../jobs/shop/monit": "check process shop\n  with pidfile"}, deploy.Files{Probed: true}},
		"DNS":                  {map[string]string{"../jobs/shop/spec": "templates:\n  dns_health_check.erb: bin/dns"}, deploy.Files{Probed: true}},
		"another folder":       {map[string]string{"../other/spec": "templates:\n  dns_health_check.erb: bin/dns"}, deploy.Files{}},
		"for tests":            {map[string]string{"README.md": "# Svc\n\nSvc is **for testing only**."}, deploy.Files{ForTests: true}},
		"its second version":   {map[string]string{"go.mod": "module example.org/svc/v2\n\ngo 1.24\n", "README.md": "Svc is NOT INTENDED FOR PRODUCTION USE."}, deploy.Files{ForTests: true}},
		"no production":        {map[string]string{"README.md": "This project is not suited for production."}, deploy.Files{ForTests: true}},
		"an example":           {map[string]string{"README.md": "# Svc\n\nThis is an example of how to take payments."}, deploy.Files{ForTests: true}},
		"one that is run":      {map[string]string{"README.md": "This is an example of how to take payments.", "Dockerfile": "FROM scratch"}, deploy.Files{Packaged: true}},
		"with examples":        {map[string]string{"README.md": "Svc takes payments. See examples/ for an example of how it is called."}, deploy.Files{}},
		"a harness":            {map[string]string{"adapter/README.md": "# Adapter\n\nThis adapter wraps the client for compliance testing with the suite."}, deploy.Files{Harnesses: []string{"example.org/svc/adapter"}}},
		"of the next version":  {map[string]string{"go.mod": "module example.org/svc/v2\n", "adapter/README.md": "This server is for end-to-end tests."}, deploy.Files{Harnesses: []string{"example.org/svc/v2/adapter"}}},
		"a stand-in":           {map[string]string{"cmd/pay-desk/main.go": "package main", "README.md": "# Svc\n\n- `make pay-desk` — Dummy pay desk (:81)\n"}, deploy.Files{Harnesses: []string{"example.org/svc/cmd/pay-desk"}}},
		"a stand-in in words":  {map[string]string{"cmd/pay-desk/main.go": "package main", "README.md": "* Pay desk (simulates external card payments)\n"}, deploy.Files{Harnesses: []string{"example.org/svc/cmd/pay-desk"}}},
		"a stand-in in a tree": {map[string]string{"cmd/paydesk/main.go": "package main", "README.md": "├── cmd/paydesk/main.go   # Fake card provider\n"}, deploy.Files{Harnesses: []string{"example.org/svc/cmd/paydesk"}}},
		"a stand-in, told":     {map[string]string{"cmd/pay-desk/main.go": "package main", "README.md": "When run, the pay desk simulates a bank.\n"}, deploy.Files{Harnesses: []string{"example.org/svc/cmd/pay-desk"}}},
		"beside a stand-in":    {map[string]string{"cmd/pay-desk/main.go": "package main", "README.md": "- `make pay-desk`: takes payments, of the dummy card provider or a real one\n- `make start`: the pay desk and a dummy bank\n"}, deploy.Files{}},
		"with a simulation":    {map[string]string{"cmd/pay-desk/main.go": "package main", "README.md": "- Pay desk (simulates loads before it grants them)\n"}, deploy.Files{}},
		"with tests":           {map[string]string{"api/README.md": "The api serves orders. Run make test for integration testing."}, deploy.Files{}},
		"above the module":     {map[string]string{"../README.md": "This server is for conformance testing."}, deploy.Files{}},
		"part of it for tests": {map[string]string{"README.md": "The store in memory is for testing only."}, deploy.Files{}},
		"up to the repository": {map[string]string{"../Dockerfile": "FROM scratch"}, deploy.Files{Packaged: true}},
		"not beyond it":        {map[string]string{"../../Dockerfile": "FROM scratch"}, deploy.Files{}},
		"another module's":     {map[string]string{"other/go.mod": "module other", "other/Dockerfile": "FROM scratch"}, deploy.Files{}},
		"an example's":         {map[string]string{"examples/Dockerfile": "FROM scratch"}, deploy.Files{}},
	} {
		t.Run(name, func(t *testing.T) {
			module := filepath.Join(t.TempDir(), "repo", "svc")
			test.files["../.git/HEAD"] = "ref: refs/heads/main"
			if test.files["go.mod"] == "" {
				test.files["go.mod"] = "module example.org/svc"
			}
			for name, content := range test.files {
				path := filepath.Join(module, filepath.FromSlash(name))
				require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
				require.NoError(t, os.WriteFile(path, []byte(content), 0o666))
			}
			got := deploy.Read(module)
			assert.Equal(t, test.want, deploy.Files{Packaged: got.Packaged, Probed: got.Probed, ForTests: got.ForTests, Lively: got.Lively, Harnesses: got.Harnesses})
		})
	}
}

func TestOrchestrated(t *testing.T) {
	for name, test := range map[string]struct {
		path, content string
		want, names   bool // shop
	}{
		"Dockerfile":            {"Dockerfile", "FROM scratch", true, false},
		"of the program":        {"Dockerfile", "FROM go\nRUN go build ./cmd/shop", true, true},
		"of another":            {"Dockerfile", "FROM go\nRUN go build ./cmd/workshop", true, false},
		"of all":                {"Dockerfile", "FROM go\nRUN go build -o /bin ./cmd/...", true, true},
		"of tests":              {"test/Dockerfile", "RUN go build ./cmd/shop", false, false},
		"of CI":                 {"ci/docker/Dockerfile", "RUN go build ./cmd/shop", false, false},
		"Compose":               {"compose.yaml", "services:\n  shop:\n    build: .", true, true},
		"Compose, a database":   {"compose.yaml", "services:\n  shop:\n    image: postgres", false, false},
		"Kubernetes":            {"deploy/shop.yaml", pod, true, true},
		"unit":                  {"shop.service", "ExecStart=/shop", false, false},
		"operations above":      {"../k8s/shop.yaml", pod, true, true},
		"another folder's tree": {"../other/k8s/shop.yaml", pod, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			module := filepath.Join(t.TempDir(), "svc")
			for name, content := range map[string]string{"../.git/HEAD": "", "go.mod": "module svc", test.path: test.content} {
				path := filepath.Join(module, filepath.FromSlash(name))
				require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
				require.NoError(t, os.WriteFile(path, []byte(content), 0o666))
			}
			files := deploy.Read(module)
			assert.Equal(t, test.want, files.Orchestrated())
			assert.Equal(t, test.names, files.Names("shop"))
		})
	}
}
