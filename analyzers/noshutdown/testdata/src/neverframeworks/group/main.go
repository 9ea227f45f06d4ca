// Package main has a group run its server.
package main

import "net/http"

type group struct{}

func (group) Go(f func() error) {}
func (group) Wait() error       { return nil }

func main() {
	mux := http.NewServeMux()
	mux.Handle("GET /orders", http.NotFoundHandler())
	mux.Handle("POST /orders", http.NotFoundHandler())
	mux.Handle("GET /orders/{id}", http.NotFoundHandler())
	srv := &http.Server{Addr: ":8080", Handler: mux}
	var g group
	g.Go(srv.ListenAndServe) // want `nothing shuts this server down; on SIGTERM call Shutdown`
	g.Wait()
}
