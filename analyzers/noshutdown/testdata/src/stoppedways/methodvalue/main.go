// Package main hands the method on that shuts its server down.
package main

import (
	"context"
	"net/http"
	"os/signal"
	"syscall"
)

func onStop(f func(context.Context) error) {}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	srv := &http.Server{Addr: ":8080", Handler: http.NotFoundHandler()}
	onStop(srv.Shutdown)
	go srv.ListenAndServe()
	<-ctx.Done()
}
