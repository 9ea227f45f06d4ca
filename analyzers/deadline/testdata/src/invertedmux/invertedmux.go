// Package invertedmux serves by a type of its own, and by what package net/http has registered.
package invertedmux

import (
	"net/http"
	"time"
)

type shop struct {
	client *http.Client
	other  *http.Client
}

func newShop() *shop {
	return &shop{
		client: &http.Client{Timeout: 20 * time.Second}, // want `WriteTimeout is over after 15s`
		other:  &http.Client{Timeout: 20 * time.Second},
	}
}

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	resp, err := s.client.Get("http://catalog.internal/")
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	resp.Body.Close()
}

// warm runs at the start: no server waits for it.
func (s *shop) warm() {
	if resp, err := s.other.Get("http://catalog.internal/warm"); err == nil {
		resp.Body.Close()
	}
}

func serve() error {
	s := newShop()
	s.warm()
	srv := &http.Server{Addr: ":8080", Handler: s, ReadTimeout: 5 * time.Second, WriteTimeout: 15 * time.Second}
	return srv.ListenAndServe()
}

var registered = http.Client{Timeout: time.Minute} // want `WriteTimeout is over after 5s`

func status(w http.ResponseWriter, r *http.Request) {
	resp, err := registered.Get("http://status.internal/")
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	resp.Body.Close()
}

func serveDefault() error {
	http.HandleFunc("/status", status)
	srv := &http.Server{Addr: ":8081", ReadTimeout: 5 * time.Second, WriteTimeout: 5 * time.Second}
	return srv.ListenAndServe()
}

// patient leaves its handlers as much time as they need: silent.
func patient() error {
	client := &http.Client{Timeout: time.Minute}
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		resp, err := client.Get("http://status.internal/")
		if err == nil {
			resp.Body.Close()
		}
	})
	srv := &http.Server{Addr: ":8082", Handler: mux, ReadTimeout: 5 * time.Second}
	return srv.ListenAndServe()
}
