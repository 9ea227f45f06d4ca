package serving

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestProbes(t *testing.T) {
	for text, want := range map[string]bool{
		"/healthz":                    true,
		"GET /livez":                  true,
		"/api/v1/health":              true,
		"/_ah/health":                 true,
		"/-/healthy":                  true,
		"/-/ready":                    true,
		"/health-check":               true,
		"/ping":                       true,
		"/api/status":                 true,
		"/orders/{id}/status":         false,
		"/shipping":                   false,
		"/ready-made":                 false,
		"http://other:8080/healthz":   false,
		"the server is not healthy":   false,
		`addr:":80" path:"/readyz"`:   true,
		"/alive":                      true,
		"/livestream":                 false,
		"/users/up":                   false,
		"failed to read /proc/uptime": false,
	} {
		assert.Equal(t, want, probes.MatchString(text) || plainProbes.MatchString(text), text)
	}
}

func TestSidePaths(t *testing.T) {
	for path, want := range map[string]bool{
		"/metrics": true, "GET /debug/pprof/": true, "/healthz": true, "/": false, "/orders": false, "/metadata": false,
	} {
		assert.Equal(t, want, (&Route{Path: path}).isSide(), path)
	}
}

func TestHarnesses(t *testing.T) {
	results := []*Result{
		{Evidence: &Evidence{Path: "example.org/svc/adapter", Program: true}},
		{Evidence: &Evidence{Path: "example.org/svc/cmd/api", Program: true}},
	}
	m := Join(results, &Module{Harnesses: []string{"example.org/svc/adapter"}})
	assert.Len(t, m.Programs, 1)
	assert.Equal(t, "example.org/svc/cmd/api", m.Programs[0].Path)
}
