// Package main has a function that serves.
package main

import (
	"context"
	"log"
	"net/http"
	"time"
)

func handle(w http.ResponseWriter, r *http.Request) {}

func run(ctx context.Context) error {
	http.HandleFunc("/orders", handle)
	http.HandleFunc("/orders/{id}", handle)
	http.HandleFunc("/customers", handle)
	srv := http.Server{Addr: ":8080", ReadHeaderTimeout: time.Second}
	return srv.ListenAndServe() // want `every deploy cuts off the requests in flight`
}

func main() {
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}
