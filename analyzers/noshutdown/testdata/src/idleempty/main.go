// Package main is a skeleton: its router has no route.
package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"idleempty/router"
)

func main() {
	srv := &http.Server{Addr: ":8080", Handler: router.New(), ReadTimeout: time.Second, WriteTimeout: time.Second}
	go func() { log.Print(srv.ListenAndServe()) }()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	<-stop
	_ = srv.Shutdown(context.Background()) // each request is answered at once
}
