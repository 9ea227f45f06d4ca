// Package main gives its server to a library that nobody knows.
package main

import (
	"net/http"
	"os"
	"os/signal"

	"example.org/app/lifecycle"
)

func main() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	srv := &http.Server{Addr: ":8080", Handler: http.NotFoundHandler()}
	lifecycle.Add(srv)
	srv.ListenAndServe()
}
