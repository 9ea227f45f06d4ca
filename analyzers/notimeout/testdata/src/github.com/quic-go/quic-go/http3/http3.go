// Package http3 is a stub: a server of its own, not net/http's.
package http3

import "net/http"

type Server struct {
	Addr    string
	Handler http.Handler
}

func (s *Server) ListenAndServe() error { return nil }

func ListenAndServeQUIC(addr, certFile, keyFile string, handler http.Handler) error { return nil }
