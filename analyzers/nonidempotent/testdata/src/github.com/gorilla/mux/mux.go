// Package mux is a stub.
package mux

import "net/http"

type (
	Router struct{}
	Route  struct{}
)

func (r *Router) HandleFunc(path string, f func(http.ResponseWriter, *http.Request)) *Route {
	return nil
}
func (r *Router) Handle(path string, h http.Handler) *Route                    { return nil }
func (r *Router) Methods(methods ...string) *Route                             { return nil }
func (r *Route) Methods(methods ...string) *Route                              { return r }
func (r *Route) Path(path string) *Route                                       { return r }
func (r *Route) HandlerFunc(f func(http.ResponseWriter, *http.Request)) *Route { return r }
