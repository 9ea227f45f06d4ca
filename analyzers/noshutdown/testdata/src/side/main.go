// Package main is a worker: what it serves is not for clients.
package main

import (
	"log"
	"net/http"
	_ "net/http/pprof"
	"os"
	"os/signal"
	"syscall"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

type config struct{ MetricsAddr, Listen, profPort string }

func main() {
	var cfg config
	go func() { log.Print(http.ListenAndServe(cfg.Listen, nil)) }() // net/http/pprof alone
	go http.ListenAndServe(cfg.MetricsAddr, http.NotFoundHandler())
	go http.ListenAndServe(cfg.Listen, promhttp.Handler())
	go probes(cfg.Listen)
	go redirect(cfg.Listen)
	go ui()
	go answers(cfg.Listen)
	port := os.Getenv("PROBES_PORT")
	go http.ListenAndServe(":"+port, http.NotFoundHandler())
	go http.ListenAndServe(cfg.profPort, http.NotFoundHandler())
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	<-stop
}

func probes(addr string) {
	mux := http.NewServeMux()
	mux.Handle("/metrics", promhttp.Handler())
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) {})
	srv := &http.Server{Addr: addr, Handler: mux}
	_ = srv.ListenAndServe()
}

func redirect(addr string) {
	_ = http.ListenAndServe(addr, http.RedirectHandler("https://example.org", http.StatusMovedPermanently))
}

func ui() { // for whoever sits at the machine
	http.ListenAndServe("localhost:7777", http.NotFoundHandler())
}

func answers(addr string) { // the same to all that ask
	mux := http.NewServeMux()
	mux.HandleFunc("/", fine)
	mux.HandleFunc("/health", fine)
	mux.HandleFunc("/readiness", fine)
	_ = http.ListenAndServe(addr, mux)
}

func fine(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusOK) }
