// Package main ends with what its server returns.
package main

import (
	"log"
	"net/http"
)

func handle(w http.ResponseWriter, r *http.Request) {}

func main() {
	http.HandleFunc("/orders", handle)
	http.HandleFunc("/orders/{id}", handle)
	http.HandleFunc("/customers", handle)
	log.Fatal(http.ListenAndServe(":8080", nil)) // want `every deploy cuts off the requests in flight`
}
