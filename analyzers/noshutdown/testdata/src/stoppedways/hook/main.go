// Package main gives its server to a library that nobody knows, in a struct.
package main

import (
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"example.org/app/lifecycle"
)

func run(h *lifecycle.Hook) {}

func main() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	srv := &http.Server{Addr: ":8080", Handler: http.NotFoundHandler()}
	run(&lifecycle.Hook{Server: srv})
	srv.ListenAndServe()
}
