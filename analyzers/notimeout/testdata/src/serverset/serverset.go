// Package serverset bounds the reading of headers in some way, or serves nothing: everything in it is silent.
package serverset

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"time"

	"example.org/httpkit"
	"github.com/labstack/echo/v4"
	"github.com/quic-go/quic-go/http3"
)

// Header sets the narrow field.
func Header(h http.Handler) error {
	srv := &http.Server{Addr: ":8080", Handler: h, ReadHeaderTimeout: 5 * time.Second}
	return srv.ListenAndServe()
}

// Read sets the wide one, which covers the headers.
func Read(h http.Handler) error {
	srv := http.Server{Addr: ":8080", Handler: h, ReadTimeout: time.Minute}
	return srv.ListenAndServe()
}

// Assigned sets it afterwards.
func Assigned(h http.Handler) error {
	srv := &http.Server{Addr: ":8080", Handler: h}
	srv.ReadHeaderTimeout = 5 * time.Second
	return srv.ListenAndServe()
}

// Configured takes it from somewhere; 0 would be somebody's choice.
func Configured(h http.Handler, cfg struct{ ReadTimeout time.Duration }) error {
	srv := &http.Server{Addr: ":8080", Handler: h, ReadTimeout: cfg.ReadTimeout}
	return srv.ListenAndServe()
}

// Conditional sets it on one path.
func Conditional(h http.Handler, limit time.Duration) error {
	srv := &http.Server{Addr: ":8080", Handler: h}
	if limit > 0 {
		srv.ReadHeaderTimeout = limit
	}
	return srv.ListenAndServe()
}

// Hardened is bounded by a function in harden.go.
func Hardened(h http.Handler) error {
	srv := &http.Server{Addr: ":8080", Handler: h}
	harden(srv)
	return srv.ListenAndServe()
}

// Tuned passes the server to a function nobody can see.
func Tuned(h http.Handler, tune func(*http.Server)) error {
	srv := &http.Server{Addr: ":8080", Handler: h}
	tune(srv)
	return srv.ListenAndServe()
}

// App has its server built here, bounded in harden.go and served below.
type App struct{ srv *http.Server }

// NewApp builds it.
func NewApp(h http.Handler, opts ...func(*App)) *App {
	a := &App{srv: &http.Server{Addr: ":8080", Handler: h}}
	for _, o := range opts {
		o(a)
	}
	return a
}

// Start serves it.
func (a *App) Start() error { return a.srv.ListenAndServe() }

// Unserved is built and never started.
func Unserved(h http.Handler) string {
	srv := &http.Server{Addr: ":8080", Handler: h}
	return srv.Addr
}

// OnlyStopped is shut down by this package and started by nobody here.
func OnlyStopped(ctx context.Context) error {
	srv := &http.Server{}
	return srv.Shutdown(ctx)
}

// New is for callers, who may configure what they get.
func New(h http.Handler) *http.Server { return &http.Server{Handler: h} }

// Served is started by a library that nobody here knows.
func Served(h http.Handler) error {
	return httpkit.Serve(&http.Server{Addr: ":8080", Handler: h})
}

// Given is the caller's.
func Given(srv *http.Server, l net.Listener) error { return srv.Serve(l) }

// Framework sets the field of a framework's inner server.
func Framework() error {
	e := echo.New()
	e.Server.ReadTimeout = 10 * time.Second
	return e.StartServer(e.Server)
}

// Fake is a test server in a program, say for a demo.
func Fake(h http.Handler) string {
	ts := httptest.NewServer(h)
	return ts.URL
}

// HTTP3 is another protocol and another type.
func HTTP3(h http.Handler) error {
	srv := &http3.Server{Addr: ":8443", Handler: h}
	return srv.ListenAndServe()
}

// Server is a type of this package with the methods of the other one.
type Server struct{ addr string }

// ListenAndServe pretends.
func (s *Server) ListenAndServe() error { return nil }

// Own starts it.
func Own() error { return (&Server{addr: ":8080"}).ListenAndServe() }
