// Package main answers no probes: whether something else does, its package alone does not show.
package main

import (
	"log"
	"net/http"
)

func main() {
	http.HandleFunc("/a", http.NotFound)
	http.HandleFunc("/b", http.NotFound)
	http.HandleFunc("/c", http.NotFound)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
