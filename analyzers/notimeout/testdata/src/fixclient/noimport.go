package fixclient

import "net/http"

// Empty is an empty literal, in a file with a single import that is not time.
func Empty(url string) (*http.Response, error) {
	c := &http.Client{} // want "has no timeout"
	return c.Get(url)
}
