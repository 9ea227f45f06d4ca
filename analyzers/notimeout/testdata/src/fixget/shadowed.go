package fixget

import "net/http"

// Ninth has a parameter called time; a client at package level does not mind, one in the function does.
func Ninth(url string, time int) (*http.Response, error) {
	for range time {
		http.Head(url) // want "has no timeout"
	}
	return http.Get(url) // want "has no timeout"
}
