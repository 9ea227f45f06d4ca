// Package main waits for as long as requests take, at Ctrl-C alone.
package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
)

func main() {
	srv := &http.Server{Addr: ":8080", Handler: http.FileServer(http.Dir("."))}
	go func() { log.Print(srv.ListenAndServe()) }()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt) // want `orchestrators send SIGTERM`
	<-stop
	_ = srv.Shutdown(context.Background()) // want `after SIGINT, one that hangs keeps the process until somebody kills it`
}
