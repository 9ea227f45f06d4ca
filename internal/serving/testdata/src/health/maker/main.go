// want package:"serves"

// Package main has a library make what answers probes.
package main

import (
	"net/http"

	"example.org/lib/rest"
)

func main() {
	_ = http.ListenAndServe(":8080", rest.Heartbeat("/up-and-running")(http.NotFoundHandler()))
}
