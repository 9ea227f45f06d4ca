// Package main starts servers that nothing shuts down.
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
	if tls := len(certificate()) > 0; tls {
		log.Fatal(http.ListenAndServeTLS(":8443", "cert.pem", "key.pem", nil)) // want `every deploy cuts off the requests in flight: SIGTERM ends the process at once, and nothing shuts this server down; on SIGTERM call Shutdown`
	}
	log.Fatal(http.ListenAndServe(":8080", nil)) // the same cause
}

func certificate() string { return "" }
