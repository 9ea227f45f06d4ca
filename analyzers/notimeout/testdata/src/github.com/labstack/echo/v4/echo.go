// Package echo is a stub: a framework that owns an inner server.
package echo

import "net/http"

type Echo struct {
	Server *http.Server
}

func New() *Echo { return &Echo{Server: &http.Server{}} }

func (e *Echo) StartServer(s *http.Server) error { return s.ListenAndServe() }
