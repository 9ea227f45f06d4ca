package serve

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// server is a server of a group that listens.
type server struct {
	*http.Server
	name     string
	l        net.Listener
	ended    chan struct{}           // closed when it serves no more
	cut      context.CancelCauseFunc // ends the contexts of all its requests
	draining atomic.Bool
	handlers atomic.Int64 // that are running
}

// listen opens the listener of srv.
func (g *group) listen(ctx context.Context, srv *http.Server) (*server, error) {
	listen := g.o.Listen
	if listen == nil {
		listen = listenTCP
	}
	l, err := listen(ctx, srv)
	if err != nil {
		return nil, fmt.Errorf("server %s: %w", cmp.Or(srv.Addr, "without Addr"), err)
	}
	name := cmp.Or(srv.Addr, l.Addr().String())
	return &server{Server: srv, name: name, l: l, ended: make(chan struct{})}, nil
}

// listenTCP listens as the ListenAndServe of http.Server does.
func listenTCP(ctx context.Context, srv *http.Server) (net.Listener, error) {
	addr := srv.Addr
	if addr == "" {
		addr = ":http"
		if hasCertificates(srv) {
			addr = ":https"
		}
	}
	var lc net.ListenConfig
	return lc.Listen(ctx, "tcp", addr)
}

func hasCertificates(srv *http.Server) bool {
	c := srv.TLSConfig
	return c != nil && (len(c.Certificates) > 0 || c.GetCertificate != nil || c.GetConfigForClient != nil)
}

// prepare makes the contexts of the server's requests independent of ctx, and counts its
// handlers.
func (s *server) prepare(ctx context.Context) {
	base := context.WithoutCancel(ctx)
	if s.BaseContext != nil {
		base = s.BaseContext(s.l)
	}
	base, s.cut = context.WithCancelCause(base)
	s.BaseContext = func(net.Listener) context.Context { return base }
	h := s.Handler
	if h == nil {
		h = http.DefaultServeMux
	}
	s.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.handlers.Add(1)
		defer s.handlers.Add(-1)
		// The client may find out here, where it costs nothing, that this connection has no
		// future. Later it would be closed under its next request. HTTP/2 sends a GOAWAY for it.
		if s.draining.Load() && r.Header.Get("Upgrade") == "" {
			w.Header().Set("Connection", "close")
		}
		h.ServeHTTP(w, r)
	})
}

func (s *server) serve() error {
	defer func() { _ = s.l.Close() }() // ServeTLS leaves it open if it does not like its config
	if hasCertificates(s.Server) {
		return s.ServeTLS(s.l, "", "")
	}
	return s.Serve(s.l)
}

func (s *server) serving() bool {
	select {
	case <-s.ended:
		return false
	default:
		return true
	}
}

// shutdown lets the requests in flight finish until ctx ends, and cuts off the others.
func (s *server) shutdown(ctx context.Context, began time.Time) error {
	err := s.Shutdown(ctx)
	if err != nil && ctx.Err() != nil {
		n := s.handlers.Load()
		cause := context.Cause(ctx)
		s.cut(cause)
		_ = s.Close()
		err = fmt.Errorf("cut off after %v (handlers running: %d): %w",
			time.Since(began).Round(time.Millisecond), n, cause)
	}
	<-s.ended
	if err != nil {
		return fmt.Errorf("server %s: %w", s.name, err)
	}
	return nil
}
