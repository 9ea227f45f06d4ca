// Package containers starts servers for tests, which the test's own timeout ends: silent, although
// it does not import testing.
package containers

import (
	"net/http"

	"github.com/ory/dockertest/v3"
)

// Server is one in a container.
type Server struct {
	pool *dockertest.Pool
	url  string
}

// Wait waits until it answers.
func (s *Server) Wait() error {
	client := &http.Client{}
	return s.pool.Retry(func() error {
		resp, err := client.Get(s.url)
		if err != nil {
			return err
		}
		return resp.Body.Close()
	})
}
