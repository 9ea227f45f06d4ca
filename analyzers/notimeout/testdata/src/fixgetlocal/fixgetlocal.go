// Package fixgetlocal has the obvious name in use inside the functions that call.
package fixgetlocal

import "net/http"

// Fetch has a parameter of that name.
func Fetch(httpClient, url string) (*http.Response, error) {
	return http.Get(url + "?agent=" + httpClient) // want "has no timeout"
}

// Mixed has a bounded local client of that name in another branch.
func Mixed(httpClient *http.Client, url string) (*http.Response, error) {
	if httpClient != nil {
		return httpClient.Get(url)
	}
	return http.Get(url) // want "has no timeout"
}

// Free has the name to itself.
func Free(url string) (*http.Response, error) {
	return http.Get(url) // want "has no timeout"
}
