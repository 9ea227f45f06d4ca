// want package:"serves"

// Package main is asked in a message whether it lives.
package main

import "net/http"

func main() {
	_ = http.ListenAndServe(":8080", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.FormValue("do") {
		case "healthcheck":
			w.WriteHeader(http.StatusOK)
		}
	}))
}
