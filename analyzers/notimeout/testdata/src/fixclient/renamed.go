package fixclient

import (
	"net/http"
	clock "time"
)

var launched = clock.Now()

// Renamed is in a file that imports time under another name: the fix uses that name.
func Renamed(url string) (*http.Response, error) {
	c := &http.Client{} // want "has no timeout"
	return c.Get(url)
}

// MoreOften would have the other name shadowed.
func MoreOften(url string, clock int) (*http.Response, error) {
	c := &http.Client{} // want "has no timeout"
	for range clock {
		c.Head(url)
	}
	return c.Get(url)
}
