// Package ignored has a file that is not part of it.
package ignored

import "net/http"

// Fetch is in the build.
func Fetch(url string) (*http.Response, error) {
	return http.Get(url) // want "has no timeout"
}
