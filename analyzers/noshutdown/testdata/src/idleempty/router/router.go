// Package router will have routes one day.
package router

import "net/http"

// New returns a router without any.
func New() http.Handler {
	mux := http.NewServeMux()
	return mux
}
