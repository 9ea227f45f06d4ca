// Package constantdelay waits as long each time.
package constantdelay

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

var errGaveUp = errors.New("gave up")

// Capped has a cap, and a constant.
func Capped(url string) error {
	for i := 0; i < 10; i++ { // want `http.Client.Get is called again every 2s, up to 9 times, however long it has failed: callers that fail together come back together, and keep up the load that it fails under; wait longer each time, with jitter`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(2 * time.Second)
	}
	return errGaveUp
}

// Twice waits at two places, for two constants.
func Twice(url string) error {
	for i := 0; i < 10; i++ { // want `called again (every 1s|at the same interval)`
		resp, err := client.Post(url, "text/plain", nil)
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		resp.Body.Close()
		if resp.StatusCode >= 500 {
			time.Sleep(3 * time.Second)
			continue
		}
		return nil
	}
	return errGaveUp
}

// Jittered is spread, and has an end.
func Jittered(url string) error {
	for i := 0; i < 4; i++ {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second + rand.N(time.Second))
	}
	return errGaveUp
}
