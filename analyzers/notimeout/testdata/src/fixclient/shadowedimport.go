package fixclient

import (
	"net/http"
	"time"
)

// ShadowedImport imports time and hides it where the literal stands.
func ShadowedImport(url string) (*http.Response, error) {
	begin := time.Now()
	if time := begin.Unix(); time%2 == 0 {
		c := &http.Client{} // want "has no timeout"
		return c.Get(url)
	}
	c := &http.Client{} // want "has no timeout"
	return c.Get(url)
}
