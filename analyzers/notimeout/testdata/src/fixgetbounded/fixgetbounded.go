// Package fixgetbounded has a bounded client that the calls could simply use.
package fixgetbounded

import "net/http"

// Fetch calls past the package's own client, which is in client.go.
func Fetch(url string) (*http.Response, error) {
	return http.Get(url) // want "has no timeout"
}

// Quick uses it: silent.
func Quick(url string) (*http.Response, error) { return quick.Get(url) }
