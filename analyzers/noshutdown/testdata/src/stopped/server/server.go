// Package server is what programs serve with.
package server

import (
	"context"
	"net/http"
	"time"
)

type Server struct{ *http.Server }

func New(addr string, h http.Handler) *Server {
	return &Server{&http.Server{Addr: addr, Handler: h}}
}

func (s *Server) Stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return s.Shutdown(ctx)
}
