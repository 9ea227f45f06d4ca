package serverset

import (
	"net/http"
	"time"
)

func harden(srv *http.Server) {
	srv.ReadHeaderTimeout = 5 * time.Second
	srv.IdleTimeout = time.Minute
}

// WithReadTimeout is an option of App.
func WithReadTimeout(d time.Duration) func(*App) {
	return func(a *App) { a.srv.ReadTimeout = d }
}
