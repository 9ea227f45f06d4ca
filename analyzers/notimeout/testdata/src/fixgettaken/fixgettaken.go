// Package fixgettaken has the obvious name in use at package level, for something else.
package fixgettaken

import "net/http"

// httpClient is not a client.
func httpClient() string { return "agent/1.0" }

// defaultTimeout is no duration.
const defaultTimeout = "30s"

// Fetch needs a client with another name.
func Fetch(url string) (*http.Response, error) {
	return http.Get(url + "?agent=" + httpClient() + "&t=" + defaultTimeout) // want "has no timeout"
}
