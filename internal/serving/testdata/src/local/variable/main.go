// want package:"serves"

// Package main listens where a flag says.
package main

import (
	"flag"
	"net/http"
)

var addr string

func init() { flag.StringVar(&addr, "addr", "127.0.0.1:8080", "where to listen") }

func main() {
	flag.Parse()
	srv := &http.Server{Addr: addr, Handler: http.NotFoundHandler()}
	_ = srv.ListenAndServe()
}
