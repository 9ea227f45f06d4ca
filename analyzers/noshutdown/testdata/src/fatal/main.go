// Package main ends while it is still answering.
package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	srv := &http.Server{Addr: ":8080", Handler: http.NotFoundHandler()}
	go func() {
		stop := make(chan os.Signal, 1)
		signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
		<-stop
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = srv.Shutdown(ctx)
	}()
	log.Fatal(srv.ListenAndServe()) // want `Shutdown makes http.Server.ListenAndServe return http.ErrServerClosed at once, and log.Fatal then ends the process`
}

// another is a server that nobody shuts down here.
func another() {
	srv := &http.Server{Addr: ":8081", Handler: http.NotFoundHandler()}
	log.Fatal(srv.ListenAndServe())
}
