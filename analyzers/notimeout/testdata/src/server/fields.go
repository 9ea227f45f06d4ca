package server

import (
	"log"
	"net/http"
)

// App is built in this file and started in start.go.
type App struct{ srv *http.Server }

// NewApp is where the server is built.
func NewApp(h http.Handler) *App {
	return &App{srv: &http.Server{Addr: ":8080", Handler: h}} // want "slowly"
}

// Admin holds its server by value.
type Admin struct{ srv http.Server }

// NewAdmin writes the value field's literal.
func NewAdmin(h http.Handler) *Admin {
	return &Admin{srv: http.Server{Addr: ":9090", Handler: h}} // want "slowly"
}

func newServer(addr string, h http.Handler) *http.Server {
	return &http.Server{Addr: addr, Handler: h} // want "slowly"
}

// FromConstructor serves what an unexported function built.
func FromConstructor(h http.Handler) {
	log.Fatal(newServer(":8080", h).ListenAndServe())
}

// NewPublic is exported, and served by this package as well.
func NewPublic(h http.Handler) *http.Server {
	return &http.Server{Addr: ":8080", Handler: h} // want "slowly"
}

// ServePublic serves it.
func ServePublic(h http.Handler) error { return NewPublic(h).ListenAndServe() }

// metrics is a package variable.
var metrics = &http.Server{Addr: ":9100"} // want "slowly"

// Metrics serves it.
func Metrics(h http.Handler) error {
	metrics.Handler = h
	return metrics.ListenAndServe()
}
