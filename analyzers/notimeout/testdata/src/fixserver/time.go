package main

import (
	"fmt"
	"net/http"
	"time"
)

// Shadowed hides the package that the fix needs.
func Shadowed(h http.Handler, time string) error {
	fmt.Println("starting at", time)
	return http.ListenAndServe(":8080", h) // want "slowly"
}

// Visible does not.
func Visible(h http.Handler) error {
	fmt.Println("starting at", time.Now())
	return http.ListenAndServe( // want "slowly"
		":8080",
		h,
	)
}
