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
	api := &http.Server{Addr: ":8080", Handler: http.NotFoundHandler()}
	web := &http.Server{Addr: ":8081", Handler: http.NotFoundHandler()}
	feed := &http.Server{Addr: ":8082", Handler: http.NotFoundHandler()}
	go func() {
		log.Fatal(api.ListenAndServe()) // want `log.Fatal then ends the process`
	}()
	go func() {
		if err := web.ListenAndServe(); err != nil {
			log.Fatalf("web: %v", err) // want `log.Fatalf then ends the process`
		}
	}()
	go func() {
		err := feed.ListenAndServe()
		if err != nil {
			panic(err) // want `panic then ends the process`
		}
	}()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	<-stop
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = api.Shutdown(ctx)
	_ = web.Shutdown(ctx)
	_ = feed.Shutdown(ctx)
}
