// Package library offers a server, which its users start and stop.
package library

import "net/http"

func Serve(mux *http.ServeMux) error {
	mux.HandleFunc("/a", func(w http.ResponseWriter, r *http.Request) {})
	mux.HandleFunc("/b", func(w http.ResponseWriter, r *http.Request) {})
	mux.HandleFunc("/c", func(w http.ResponseWriter, r *http.Request) {})
	return http.ListenAndServe(":8080", mux)
}
