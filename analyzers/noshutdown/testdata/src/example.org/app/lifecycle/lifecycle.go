// Package lifecycle is a stub of a library that nobody knows.
package lifecycle

import "net/http"

func Add(srv *http.Server) {}

type Hook struct{ Server *http.Server }
