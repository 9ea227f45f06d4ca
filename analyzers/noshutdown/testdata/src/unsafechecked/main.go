// Package main looks at the error.
package main

import (
	"errors"
	"log"
	"net/http"
)

func handle(w http.ResponseWriter, r *http.Request) {}

func main() {
	http.HandleFunc("/orders", handle)
	http.HandleFunc("/orders/{id}", handle)
	http.HandleFunc("/customers", handle)
	srv := &http.Server{Addr: ":8080"}
	err := srv.ListenAndServe() // want `every deploy cuts off the requests in flight`
	if err != nil && !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
}
