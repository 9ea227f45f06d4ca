// Package app serves what it is given.
package app

import (
	"context"
	"net/http"
	"time"
)

// App is a server.
type App struct{ server *http.Server }

// New returns a server for a handler.
func New(h http.Handler) *App {
	return &App{&http.Server{Addr: ":8080", Handler: h, ReadTimeout: time.Second, WriteTimeout: time.Second}}
}

// Start serves.
func (a *App) Start() error { return a.server.ListenAndServe() }

// Stop waits for requests to nothing, each answered at once: silent.
func (a *App) Stop() error { return a.server.Shutdown(context.Background()) }
