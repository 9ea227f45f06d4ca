// Package main has goroutines that shut its servers down.
package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		alone(ctx, &http.Server{Addr: ":8080", Handler: http.NotFoundHandler()})
	}()
	go func() {
		defer wg.Done()
		awaited(ctx, &http.Server{Addr: ":8081", Handler: http.NotFoundHandler()})
	}()
	wg.Wait()
}

// alone returns while its goroutine still waits: a request that hangs keeps nothing.
func alone(ctx context.Context, srv *http.Server) {
	go func() {
		<-ctx.Done()
		if err := srv.Shutdown(context.Background()); err != nil {
			log.Print(err)
		}
	}()
	go stopLater(ctx, srv)
	log.Print(srv.ListenAndServe())
}

func stopLater(ctx context.Context, srv *http.Server) {
	<-ctx.Done()
	_ = srv.Shutdown(context.Background())
}

// awaited waits for it.
func awaited(ctx context.Context, srv *http.Server) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		<-ctx.Done()
		_ = srv.Shutdown(context.Background()) // want `with no deadline`
	}()
	go ending(ctx, srv)
	log.Print(srv.ListenAndServe())
	<-done
}

func ending(ctx context.Context, srv *http.Server) {
	<-ctx.Done()
	_ = srv.Shutdown(context.Background()) // want `with no deadline`
	os.Exit(0)
}
