// Package local stays within the machine: nobody far away can make it wait.
package local

import (
	"net"
	"net/http"
)

// Socket serves a Unix socket, whose clients are neighbours: silent.
func Socket(path string, h http.Handler) error {
	l, err := net.Listen("unix", path)
	if err != nil {
		return err
	}
	return http.Serve(l, h)
}

// SocketServer does the same with a server of its own: silent.
func SocketServer(path string, h http.Handler) error {
	l, err := net.Listen("unix", path)
	if err != nil {
		return err
	}
	srv := &http.Server{Handler: h}
	return srv.Serve(l)
}

// port listens on TCP.
func port(addr string, h http.Handler) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	return http.Serve(l, h) // want "slowly"
}

// either is told which by its caller.
func either(network, addr string, h http.Handler) error {
	l, err := net.Listen(network, addr)
	if err != nil {
		return err
	}
	return http.Serve(l, h) // want "slowly"
}

// Pipe connects to the listener it has just opened: silent.
func Pipe() (client, server net.Conn, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	defer l.Close()
	accepted := make(chan net.Conn, 1)
	go func() {
		c, _ := l.Accept()
		accepted <- c
	}()
	client, err = net.Dial("tcp", l.Addr().String())
	return client, <-accepted, err
}

// Reported connects to an address that somebody reported.
func Reported(addr net.Addr) (net.Conn, error) {
	return net.Dial("tcp", addr.String()) // want "no timeout"
}
