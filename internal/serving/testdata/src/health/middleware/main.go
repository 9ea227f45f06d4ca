// want package:"serves"

// Package main has a library's middleware answer probes.
package main

import (
	"net/http"

	"example.org/lib/rest"
)

func main() { _ = http.ListenAndServe(":8080", rest.Ping(http.NotFoundHandler())) }
