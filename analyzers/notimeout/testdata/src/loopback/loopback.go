// Package loopback listens where only the machine itself can connect: a slow client is a
// neighbour, and one of few. Everything in this file is silent.
package loopback

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"strconv"
)

const debugHost = "localhost"

// Debug is the usual one.
func Debug() { go http.ListenAndServe("localhost:6060", nil) }

// Numbers are as good as a name.
func Numbers(h http.Handler) {
	go http.ListenAndServe("127.0.0.1:6060", h)
	go http.ListenAndServe("[::1]:6060", h)
	go http.ListenAndServeTLS("127.0.0.53:6060", "cert.pem", "key.pem", h)
}

// Ports may come from anywhere.
func Ports(port int, h http.Handler) {
	go http.ListenAndServe(fmt.Sprintf("localhost:%d", port), h)
	go http.ListenAndServe("127.0.0.1:"+strconv.Itoa(port), h)
	go http.ListenAndServe(net.JoinHostPort(debugHost, strconv.Itoa(port)), h)
	go http.ListenAndServe(debugHost+":"+strconv.Itoa(port), h)
}

// Literal has the address in the server.
func Literal(h http.Handler) error {
	srv := &http.Server{Addr: "localhost:6060", Handler: h}
	return srv.ListenAndServe()
}

// Assigned has it later.
func Assigned(h http.Handler) error {
	var srv http.Server
	srv.Addr, srv.Handler = "localhost:6060", h
	return srv.ListenAndServeTLS("cert.pem", "key.pem")
}

// Listener has it in the listener; what the server says is of no account.
func Listener(h http.Handler) error {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return err
	}
	srv := &http.Server{Addr: l.Addr().String(), Handler: h}
	return srv.Serve(l)
}

// Secure wraps it.
func Secure(cfg *tls.Config, h http.Handler) error {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return err
	}
	return http.Serve(tls.NewListener(l, cfg), h)
}

// Rewrapped has a variable for both, that a closure shares.
func Rewrapped(cfg *tls.Config, h http.Handler) error {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return err
	}
	if cfg != nil {
		l = tls.NewListener(l, cfg)
	}
	defer func() { l.Close() }()
	return http.Serve(l, h)
}

func listen(addr string, cfg *tls.Config) (net.Listener, error) {
	if cfg == nil {
		return net.Listen("tcp", addr)
	}
	return tls.Listen("tcp", addr, cfg)
}

// Helped has the listener of a function of the package, which others call with other addresses.
func Helped(cfg *tls.Config, h http.Handler) error {
	l, err := listen("127.0.0.1:", cfg)
	if err != nil {
		return err
	}
	return http.Serve(l, h)
}

// pprof is given its address by those who call it, all of them here.
func pprof(addr string) {
	go func() {
		http.ListenAndServe(addr, nil)
	}()
}

func startPprof(on bool) {
	if on {
		pprof("localhost:6060")
	}
	pprof("localhost:6061")
}

// admin is given it by way of a struct.
type admin struct {
	addr string
	srv  *http.Server
}

func newAdmin(addr string) *admin { return &admin{addr: addr} }

func (a *admin) start(h http.Handler) error {
	a.srv = &http.Server{Addr: a.addr, Handler: h}
	return a.srv.ListenAndServe()
}

func startAdmin(h http.Handler) error { return newAdmin("localhost:9000").start(h) }

var metricsAddr = "127.0.0.1:9100"

func metrics(h http.Handler) error { return http.ListenAndServe(metricsAddr, h) }

// Exported functions may be called by other packages, with other addresses: nothing is said of
// this one where those are not seen.
func Pprof(addr string) error { return http.ListenAndServe(addr, nil) }

// Serve is the same with a listener.
func Serve(l net.Listener, h http.Handler) error {
	srv := &http.Server{Handler: h}
	return srv.Serve(l)
}
