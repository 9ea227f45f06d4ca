package loopback

import (
	"cmp"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
)

// helpedToo listens for everybody.
func helpedToo(h http.Handler) error {
	l, err := listen(":8443", nil)
	if err != nil {
		return err
	}
	return http.Serve(l, h) // want "slowly"
}

// servesAt is called with both.
func servesAt(addr string, h http.Handler) error {
	return http.ListenAndServe(addr, h) // want "slowly"
}

func callsIt(h http.Handler) {
	go servesAt("localhost:8080", h)
	go servesAt(":8081", h)
}

// ServesAt is called with another here, whatever others do.
func ServesAt(addr string, h http.Handler) error {
	return http.ListenAndServe(addr, h) // want "slowly"
}

func callsItToo(h http.Handler) error { return ServesAt(":8081", h) }

// uncalled has no callers that could be seen.
func uncalled(addr string, h http.Handler) error {
	return http.ListenAndServe(addr, h) // want "slowly"
}

// value is called by somebody, with something.
func value(addr string) error {
	return http.ListenAndServe(addr, nil) // want "slowly"
}

var servers = []func(string) error{value}

func startValue() error { return value("localhost:6060") }

// again calls itself, and nobody else does.
func again(addr string) {
	http.ListenAndServe(addr, nil) // want "slowly"
	again(addr)
}

// The defaults of flags and configuration are not what is used.
var flagged = flag.String("addr", "localhost:8080", "where to listen")

var variable = "localhost:8080"

// Variable can be set by other packages.
var Variable = "localhost:8080"

type config struct {
	Addr string `json:"addr"`
	addr string
}

func defaults() *config {
	cfg := &config{Addr: "localhost:8080", addr: "localhost:8080"}
	flag.StringVar(&variable, "variable", variable, "where to listen")
	flag.StringVar(&cfg.addr, "field", "localhost:8080", "where to listen")
	return cfg
}

func configured(h http.Handler) {
	local := "localhost:8080"
	flag.StringVar(&local, "local", local, "where to listen")
	cfg := defaults()
	go http.ListenAndServe(*flagged, h)                                      // want "slowly"
	go http.ListenAndServe(variable, h)                                      // want "slowly"
	go http.ListenAndServe(Variable, h)                                      // want "slowly"
	go http.ListenAndServe(local, h)                                         // want "slowly"
	go http.ListenAndServe(cfg.Addr, h)                                      // want "slowly"
	go http.ListenAndServe(cfg.addr, h)                                      // want "slowly"
	go http.ListenAndServe(cmp.Or(os.Getenv("ADDR"), "localhost:8080"), h)   // want "slowly"
	go http.ListenAndServe(fmt.Sprintf("%s:%d", os.Getenv("HOST"), 8080), h) // want "slowly"
}

// Environment listens elsewhere if it is told to.
func Environment(h http.Handler) error {
	addr := "localhost:8080"
	if port := os.Getenv("PORT"); port != "" {
		addr = ":" + port
	}
	return http.ListenAndServe(addr, h) // want "slowly"
}

// Both serves one server in two places.
func Both(h http.Handler) error {
	srv := &http.Server{Addr: "localhost:8080", Handler: h} // want "slowly"
	l, err := net.Listen("tcp", ":8081")
	if err != nil {
		return err
	}
	go srv.Serve(l)
	return srv.ListenAndServe()
}

// Unset listens on all addresses.
func Unset(h http.Handler) error {
	srv := &http.Server{Handler: h} // want "slowly"
	return srv.ListenAndServe()
}
