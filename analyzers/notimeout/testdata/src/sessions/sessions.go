// Package sessions serves over connections that the program has already: nobody else can open
// one, so that its servers are silent, but for those at the end.
package sessions

import (
	"crypto/tls"
	"net"
	"net/http"

	"github.com/hashicorp/yamux"
	"github.com/xtaci/smux"
)

// Tunnel serves what the other end of a tunnel opens.
func Tunnel(conn net.Conn, h http.Handler) error {
	session, err := yamux.Client(conn, &yamux.Config{})
	if err != nil {
		return err
	}
	srv := &http.Server{Handler: h}
	return srv.Serve(session)
}

// Given is handed the session.
func Given(session *yamux.Session, h http.Handler) error { return http.Serve(session, h) }

// Agent keeps it.
type Agent struct{ session *yamux.Session }

// NewAgent accepts from whoever connects, and then from that connection.
func NewAgent(conn net.Conn) (*Agent, error) {
	session, err := yamux.Server(conn, nil)
	if err != nil {
		return nil, err
	}
	return &Agent{session}, nil
}

// Serve speaks TLS on it.
func (a *Agent) Serve(cfg *tls.Config, h http.Handler) error {
	return http.Serve(tls.NewListener(a.session, cfg), h)
}

// handed on as what it is for the server
func serve(l net.Listener, h http.Handler) error { return http.Serve(l, h) }

func handedOn(session *yamux.Session, h http.Handler) error { return serve(session, h) }

// streams makes a listener of a session that is none.
type streams struct{ session *smux.Session }

func (s *streams) Accept() (net.Conn, error) {
	stream, err := s.session.AcceptStream()
	if err != nil {
		return nil, err
	}
	return stream, nil
}

func (s *streams) Addr() net.Addr { return s.session.LocalAddr() }

func (s *streams) Close() error { return s.session.Close() }

// Wrapped serves on it.
func Wrapped(conn net.Conn, h http.Handler) error {
	session, err := smux.Server(conn, nil)
	if err != nil {
		return err
	}
	return http.Serve(&streams{session}, h)
}

// wrappedValue has one whose methods are those of the session, or the value's.
type wrappedValue struct{ *yamux.Session }

func (w wrappedValue) Addr() net.Addr { return w.Session.Addr() }

// Embedded serves on it.
func Embedded(session *yamux.Session, h http.Handler) error {
	return http.Serve(wrappedValue{session}, h)
}

// once is a listener of another kind.
type once struct{ net.Listener }

func (o *once) Accept() (net.Conn, error) { return o.Listener.Accept() }

// Counted serves everybody.
func Counted(h http.Handler) error {
	l, err := net.Listen("tcp", ":8080")
	if err != nil {
		return err
	}
	return http.Serve(&once{l}, h) // want "slowly"
}

// EitherOf serves everybody, too, unless it has a tunnel.
func EitherOf(session *yamux.Session, h http.Handler) error {
	l, err := net.Listen("tcp", ":8080")
	if err != nil {
		return err
	}
	if session != nil {
		l = session
	}
	return http.Serve(l, h) // want "slowly"
}
