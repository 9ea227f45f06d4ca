package main

import (
	"context"
	"net/http"
)

// Literal has fields on several lines.
func Literal(h http.Handler) error {
	srv := &http.Server{ // want "slowly"
		Addr:    ":8080",
		Handler: h,
	}
	return srv.ListenAndServe()
}

// OneLine has them on one.
func OneLine(h http.Handler) error {
	srv := http.Server{Addr: ":8080", Handler: h} // want "slowly"
	return srv.ListenAndServe()
}

// Empty is filled later.
func Empty(addr string) error {
	srv := &http.Server{} // want "slowly"
	srv.Addr = addr
	return srv.ListenAndServe()
}

// New has no literal.
func New(addr string) error {
	srv := new(http.Server) // want "slowly"
	srv.Addr = addr
	return srv.ListenAndServe()
}

// Var has none either.
func Var(addr string) error {
	var srv http.Server // want "slowly"
	srv.Addr = addr
	return srv.ListenAndServe()
}

// Inline is served where it is built, and shut down by nobody.
func Inline(h http.Handler) error {
	return (&http.Server{Addr: ":8080", Handler: h}).ListenAndServe() // want "slowly"
}

// Unit is built in one method and served in another.
type Unit struct{ srv *http.Server }

// Init builds it.
func (u *Unit) Init(h http.Handler) {
	u.srv = &http.Server{Handler: h, Addr: ":8080"} // want "slowly"
}

// Run serves it.
func (u *Unit) Run(ctx context.Context) error {
	go func() {
		<-ctx.Done()
		u.srv.Close()
	}()
	return u.srv.ListenAndServe()
}
