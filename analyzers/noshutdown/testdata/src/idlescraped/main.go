// Package main is a worker that is asked for its metrics, at a path that a flag says.
package main

import (
	"flag"
	"log"
	"net/http"
	_ "net/http/pprof"
	"os"
	"os/signal"
	"syscall"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

var path, listen = flag.String("path", "/stats", ""), flag.String("listen", ":8080", "")

func main() {
	flag.Parse()
	go func() {
		http.Handle(*path, promhttp.Handler())
		log.Print(http.ListenAndServe(*listen, nil))
	}()
	mux := http.NewServeMux()
	mux.HandleFunc(*path, promhttp.Handler().ServeHTTP)
	srv := &http.Server{Addr: *listen, Handler: mux}
	go func() { log.Print(srv.ListenAndServe()) }()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	<-stop
}
