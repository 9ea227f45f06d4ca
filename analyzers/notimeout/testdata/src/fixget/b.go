package fixget

import "net/http"

// Fifth is in another file, with a single import.
func Fifth(url string) (*http.Response, error) {
	return http.Get(url) // want "has no timeout"
}
