// Package echo is a stub: a framework that owns an inner server.
package echo

import "net/http"

type Echo struct {
	Server    *http.Server
	TLSServer *http.Server
}

func New() *Echo { return &Echo{Server: &http.Server{}} }

func (e *Echo) GET(path string, h func() error)              {}
func (e *Echo) Start(address string) error                   { return nil }
func (e *Echo) StartTLS(address string, cert, key any) error { return nil }
func (e *Echo) StartServer(s *http.Server) error             { return s.ListenAndServe() }
