// Package main waits for as long as requests take.
package main

import (
	"context"
	"log"
	"net/http"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	srv := &http.Server{Addr: ":8080", Handler: http.NotFoundHandler()}
	go func() { log.Print(srv.ListenAndServe()) }()
	<-ctx.Done()
	if err := srv.Shutdown(context.Background()); err != nil { // want `with no deadline`
		log.Print(err)
	}
}

func again(srv *http.Server) error {
	return srv.Shutdown(context.Background()) // want `with no deadline`
}

func both(internal, external *http.Server) {
	_ = internal.Shutdown(context.Background()) // want `with no deadline`
	_ = external.Shutdown(context.Background()) // want `with no deadline`
	log.Print("stopped")
}
