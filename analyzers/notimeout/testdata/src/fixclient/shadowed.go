package fixclient

import "net/http"

// Shadowed has a parameter called time where the literal stands, and no import.
func Shadowed(url string, time int) (*http.Response, error) {
	c := &http.Client{} // want "has no timeout"
	for range time {
		c.Head(url)
	}
	return c.Get(url)
}
