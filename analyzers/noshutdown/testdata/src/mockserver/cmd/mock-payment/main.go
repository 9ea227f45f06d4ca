// Package main stands in for the payment provider.
package main

import "net/http"

func main() {
	http.HandleFunc("/charges", http.NotFound)
	http.HandleFunc("/refunds", http.NotFound)
	http.HandleFunc("/accounts", http.NotFound)
	http.ListenAndServe(":8080", nil)
}
