// Package main waits for as long as requests take.
package main

import (
	"context"
	"errors"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	srv := &http.Server{Addr: ":8080", Handler: http.NotFoundHandler()}
	other := &http.Server{Addr: ":8081", Handler: http.NotFoundHandler()}
	serve(srv)
	serve(other)
	scraped := &http.Server{Addr: os.Getenv("METRICS_ADDR"), Handler: http.NotFoundHandler()}
	go func() { log.Print(scraped.ListenAndServe()) }()
	pprofServer := &http.Server{Addr: ":8082", Handler: http.NotFoundHandler()}
	go func() { log.Print(pprofServer.ListenAndServe()) }()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	<-stop
	defer other.Shutdown(context.Background()) // want `Shutdown waits for every request with no deadline`
	_ = pprofServer.Shutdown(context.Background())
	_ = scraped.Shutdown(context.Background())           // whoever scrapes it does not hang
	if err := srv.Shutdown(context.TODO()); err != nil { // want `http.Server.Shutdown waits for every request with no deadline: one that hangs keeps the process`
		log.Print(err)
	}
}

func serve(srv *http.Server) {
	go func() {
		if err := srv.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
			log.Print(err)
		}
	}()
}

func bounded(srv *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = srv.Shutdown(ctx)
}

func impatient(srv *http.Server) {
	done := make(chan struct{})
	go func() {
		_ = srv.Shutdown(context.Background())
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
	}
}

func callers(ctx context.Context, srv *http.Server) { _ = srv.Shutdown(ctx) }
