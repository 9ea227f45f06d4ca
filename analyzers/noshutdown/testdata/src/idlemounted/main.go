// Package main registers a probe alone, and answers its clients by a proxy.
package main

import (
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	own := http.NewServeMux()
	own.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) {})
	go func() { log.Print(http.ListenAndServe(":8080", own)) }()
	gateway := &http.Server{Addr: ":8081", Handler: httputil.NewSingleHostReverseProxy(&url.URL{Host: "shop"})}
	go func() { log.Print(gateway.ListenAndServe()) }() // want `nothing shuts this server down when SIGTERM comes`
	<-stop
}
