// Package main stops whatever can be stopped.
package main

import (
	"context"
	"net/http"
	"os/signal"
	"syscall"
)

type stopper interface{ Shutdown(context.Context) error }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	srv := &http.Server{Addr: ":8080", Handler: http.NotFoundHandler()}
	all := []stopper{srv}
	go srv.ListenAndServe()
	<-ctx.Done()
	for _, s := range all {
		_ = s.Shutdown(context.WithoutCancel(ctx))
	}
}
