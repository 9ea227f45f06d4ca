package local

import (
	"net"
	"net/http"
)

// serveOn serves what its callers listen on.
func serveOn(srv *http.Server, l net.Listener) error { return srv.Serve(l) }

func socketHandedOn(h http.Handler) error {
	l, err := net.Listen("unix", "/run/app.sock")
	if err != nil {
		return err
	}
	return serveOn(&http.Server{Handler: h}, l)
}

func portHandedOn(h http.Handler) error {
	l, err := net.Listen("tcp", ":80")
	if err != nil {
		return err
	}
	return serveOn(&http.Server{Handler: h}, l) // want `slowly`
}

// loopback dials the machine itself: it answers or refuses at once.
func loopback() (net.Conn, error) { return net.Dial("tcp", "127.0.0.1:6060") }
