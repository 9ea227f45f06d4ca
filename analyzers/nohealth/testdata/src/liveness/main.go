// Package main asks others whether it is alive.
package main

import (
	"log"
	"net/http"

	"liveness/store"
)

var client = &http.Client{}

func main() {
	s := &store.Store{Client: client}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, r *http.Request) { // want `/livez asks another service \(http.Client.Get in store.Store.Ping|Store.Ping\) whether this process is alive: when that one is down or slow, every instance is restarted`
		if err := s.Ping(); err != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	mux.HandleFunc("/health/live", live) // want `asks another service`
	mux.Handle("/alive", http.HandlerFunc(itself))
	mux.HandleFunc("/healthz", live)      // which of the two it is, it does not say
	mux.HandleFunc("/health/ready", live) // so it should
	mux.HandleFunc("/live/orders", live)  // a feed
	log.Fatal(http.ListenAndServe(":8080", mux))
}

func live(w http.ResponseWriter, r *http.Request) {
	resp, err := client.Get("http://orders/healthz")
	if err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	resp.Body.Close()
}

func itself(w http.ResponseWriter, r *http.Request) {
	go report() // nobody waits for it
}

func report() { client.Get("http://stats/up") }
