package deploy

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// look surveys the module in the folder "app" of a repository.
func look(t *testing.T, files string) *Survey {
	t.Helper()
	root := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(root, ".git"), 0o777))
	for _, file := range txtar.Parse([]byte(files)).Files {
		name := filepath.Join(root, filepath.FromSlash(file.Name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
		require.NoError(t, os.WriteFile(name, file.Data, 0o666))
	}
	return Look(filepath.Join(root, "app"))
}

func TestWorkloads(t *testing.T) {
	s := look(t, `
-- app/go.mod --
module example.org/app
-- deploy/app.yaml --
kind: Service
metadata: {name: app}
---
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      terminationGracePeriodSeconds: 45
      containers:
        - name: main
          image: registry.example.org:5000/team/app:v1@sha256:abc
          livenessProbe:
            httpGet:
              path: /livez?full=1
          readinessProbe:
            grpc: {port: 9090}
          resources: {limits: {memory: 1Gi}}
          lifecycle: {preStop: {sleep: {seconds: 5}}}
---
not: a workload
-- app/chart/job.yaml --
kind: CronJob
metadata:
  name: {{ .Release.Name }}-nightly
{{- if .Values.on }}
spec:
  jobTemplate: {spec: {template: {spec: {containers: [{name: nightly, image: app}]}}}}
{{- end }}
-- app/testdata/ignored.yaml --
kind: Deployment
metadata: {name: ignored}
-- app/broken.yaml --
kind: Deployment
	metadata: [
`)
	require.Len(t, s.Workloads, 2)
	job, web := s.Workloads[0], s.Workloads[1]
	assert.Equal(t, "CronJob", job.Text)
	assert.True(t, job.Runs("nightly"))
	assert.Equal(t, 4, web.Line)
	assert.Equal(t, 45, web.Grace)
	assert.Equal(t, 9, web.GraceAt.Line)
	for name, runs := range map[string]bool{"web": true, "main": true, "app": true, "team": false, "shop": false} {
		assert.Equal(t, runs, web.Runs(name), name)
	}
	c := web.Containers[0]
	assert.Equal(t, "/livez", c.Live.Path)
	assert.Equal(t, 15, c.Live.Line)
	assert.True(t, c.Ready.RPC)
	assert.True(t, c.Limits)
	assert.True(t, c.PreStop)
}

func TestExperiments(t *testing.T) {
	s := look(t, `
-- app/go.mod --
module example.org/app
-- app/chaos/delay.yaml --
apiVersion: chaos-mesh.org/v1alpha1
kind: NetworkChaos
metadata: {name: delay}
-- app/litmus/kill.yml --
apiVersion: litmuschaos.io/v1alpha1
kind: ChaosEngine
metadata: {name: kill}
-- app/deploy/schedule.yaml --
apiVersion: example.org/v1
kind: Schedule
-- .github/workflows/ci.yml --
jobs: {chaos: {steps: [{run: "kubectl apply -f app/chaos/"}]}}
`)
	require.Len(t, s.Experiments, 2)
	assert.Equal(t, "NetworkChaos delay", s.Experiments[0].Text)
	assert.True(t, s.Experiments[0].Runs)
	assert.Equal(t, "ChaosEngine kill", s.Experiments[1].Text)
	assert.False(t, s.Experiments[1].Runs)
}

func TestFaults(t *testing.T) {
	tests := []struct{ name, test string }{
		{"tests by github.com/Shopify/toxiproxy/v2/client", "import _ \"github.com/Shopify/toxiproxy/v2/client\"\n"},
		{"tests by github.com/resilint/resilint/runtime/fault", "import _ \"github.com/resilint/resilint/runtime/fault\"\n"},
		{"a transport that fails in tests", "func (t) RoundTrip(*http.Request) (*http.Response, error) { return nil, syscall.ECONNRESET }\n"},
		{"a transport that fails in tests", "func (t) RoundTrip(*http.Request) (*http.Response, error) { return nil, errors.New(\"connection refused\") }\n"},
		{"", "func (t) RoundTrip(*http.Request) (*http.Response, error) { return nil, errors.New(\"unexpected request\") }\n"},
		{"", "func (t) RoundTrip(r *http.Request) (*http.Response, error) { resp, err := x(r); if err != nil { return nil, err }; return resp, nil }\n"},
		{"", "// toxiproxy would be an idea\nvar x = 1\n"},
	}
	for _, test := range tests {
		s := look(t, "-- app/go.mod --\nmodule example.org/app\n-- app/a_test.go --\npackage a\n\n"+test.test)
		if test.name == "" {
			assert.Empty(t, s.FaultTests, test.test)
			continue
		}
		if assert.Len(t, s.FaultTests, 1, test.test) {
			assert.Equal(t, test.name, s.FaultTests[0].Text)
			assert.Equal(t, 3, s.FaultTests[0].Line)
		}
	}
}

func TestUniqueKeys(t *testing.T) {
	s := look(t, `
-- app/go.mod --
module example.org/app
-- app/migrations/1.sql --
CREATE TABLE t (id TEXT PRIMARY KEY);
-- UNIQUE is a word here
CREATE UNIQUE INDEX t_event ON t (event_id);
`)
	require.Len(t, s.UniqueKeys, 1)
	assert.Equal(t, 3, s.UniqueKeys[0].Line)
}
