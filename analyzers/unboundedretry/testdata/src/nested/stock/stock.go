// Package stock retries by itself.
package stock

import (
	"math/rand/v2"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: time.Second}

// Reserve tries four times.
func Reserve(url string) (err error) {
	for attempt := range 4 {
		var resp *http.Response
		if resp, err = client.Get(url); err == nil {
			return resp.Body.Close()
		}
		time.Sleep(100*time.Millisecond<<attempt + rand.N(100*time.Millisecond))
	}
	return err
}
