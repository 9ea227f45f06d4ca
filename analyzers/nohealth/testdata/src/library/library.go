// Package library offers a handler to programs.
package library

import "net/http"

func Register(mux *http.ServeMux) {
	mux.HandleFunc("/livez", func(w http.ResponseWriter, r *http.Request) {
		http.Get("http://store/ping")
	})
}
