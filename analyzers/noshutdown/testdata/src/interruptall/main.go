// Package main listens to signals that the package does not name.
package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
	"time"
)

func main() {
	srv := &http.Server{Addr: ":8080", Handler: http.NotFoundHandler()}
	go func() { log.Print(srv.ListenAndServe()) }()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop)
	<-stop
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = srv.Shutdown(ctx)
}
