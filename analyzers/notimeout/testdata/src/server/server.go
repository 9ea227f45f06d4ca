// Package server starts servers that wait for ever for a client's headers.
package server

import (
	"log"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"
)

// Shortcut has no server to configure: the call is the place.
func Shortcut(h http.Handler) error {
	return http.ListenAndServe(":8080", h) // want "slowly"
}

// Fatal wraps the call.
func Fatal() {
	log.Fatal(http.ListenAndServe(":8080", nil)) // want "slowly"
}

// TLS is as slow as plain.
func TLS(h http.Handler) error {
	return http.ListenAndServeTLS(":8443", "cert.pem", "key.pem", h) // want "slowly"
}

// listener is given its listener. That of an exported function would be for its callers to say.
func listener(l net.Listener, h http.Handler) error {
	return http.Serve(l, h) // want "slowly"
}

// listenerTLS is, too, with TLS.
func listenerTLS(l net.Listener, h http.Handler) error {
	return http.ServeTLS(l, h, "cert.pem", "key.pem") // want "slowly"
}

type hidden struct{ h http.Handler }

// Serve is a method that no other package can call, unless through an interface.
func (s *hidden) Serve(l net.Listener) error {
	return http.Serve(l, s.h) // want "slowly"
}

// Debug listens for everybody.
func Debug() {
	go http.ListenAndServe(":6060", nil) // want "slowly"
}

// Wrapped has a timeout for its handlers, which starts after the headers were read.
func Wrapped(h http.Handler) error {
	return http.ListenAndServe(":8080", http.TimeoutHandler(h, time.Second, "busy")) // want "slowly"
}

// Literal is served in the same function: the literal is the place.
func Literal(h http.Handler) error {
	srv := &http.Server{Addr: ":8080", Handler: h} // want "slowly"
	return srv.ListenAndServe()
}

// value is the literal without &.
func value(l net.Listener, h http.Handler) error {
	srv := http.Server{ // want "slowly"
		Handler: h,
	}
	return srv.Serve(l)
}

// New fills a zero server.
func New(h http.Handler) error {
	srv := new(http.Server) // want "slowly"
	srv.Handler = h
	return srv.ListenAndServeTLS("cert.pem", "key.pem")
}

// variable fills a declared one.
func variable(l net.Listener, h http.Handler) error {
	var srv http.Server // want "slowly"
	srv.Handler = h
	return srv.ServeTLS(l, "cert.pem", "key.pem")
}

// OtherTimeouts bounds idle connections and answers, not the headers.
func OtherTimeouts(h http.Handler) error {
	srv := &http.Server{ // want "slowly"
		Addr:         ":8080",
		Handler:      h,
		WriteTimeout: 10 * time.Second,
		IdleTimeout:  time.Minute,
	}
	return srv.ListenAndServe()
}

// Goroutine serves in the background, from a function literal.
func Goroutine(h http.Handler) *http.Server {
	srv := &http.Server{Addr: ":8080", Handler: h} // want "slowly"
	go func() {
		if err := srv.ListenAndServe(); err != nil {
			log.Print(err)
		}
	}()
	return srv
}

// Twice serves one server on two ports: one finding.
func Twice(h http.Handler) error {
	srv := &http.Server{Handler: h} // want "slowly"
	plain, err := net.Listen("tcp", ":8080")
	if err != nil {
		return err
	}
	secure, err := net.Listen("tcp", ":8443")
	if err != nil {
		return err
	}
	go srv.Serve(plain)
	return srv.ServeTLS(secure, "cert.pem", "key.pem")
}

// Group hands the method itself to a group.
func Group(h http.Handler) error {
	srv := &http.Server{Addr: ":8080", Handler: h} // want "slowly"
	var g errgroup.Group
	g.Go(srv.ListenAndServe)
	return g.Wait()
}

// Helper is served by a function of the package that changes nothing.
func Helper(h http.Handler) error {
	srv := &http.Server{Addr: ":8080", Handler: h} // want "slowly"
	return run(srv)
}

func run(srv *http.Server) error {
	log.Printf("listening on %s", srv.Addr)
	return srv.ListenAndServe()
}
