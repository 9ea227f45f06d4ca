// want package:"serves"

// Package main listens where a flag says.
package main

import (
	"flag"
	"net/http"
)

var addr = flag.String("addr", "localhost:8080", "where to listen")

func main() {
	flag.Parse()
	srv := &http.Server{Addr: *addr, Handler: http.NotFoundHandler()}
	_ = srv.ListenAndServe()
}
