// Package silentburst sends a number of requests.
package silentburst

import (
	"errors"
	"log"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

// Load sends as many as it is told.
func Load(url string, requests int) (failed int) {
	for i := 0; i < requests; i++ {
		resp, err := client.Get(url)
		if err != nil {
			failed++
			continue
		}
		resp.Body.Close()
	}
	return failed
}

// Until sends them until one fails.
func Until(url string) error {
	for {
		resp, err := client.Get(url)
		if err != nil {
			return err
		}
		resp.Body.Close()
		time.Sleep(time.Second)
	}
}

// Warm sends three, whatever comes of them.
func Warm(url string) {
	for range 3 {
		if resp, err := client.Get(url); err == nil {
			resp.Body.Close()
		}
	}
}

// Healthy counts how often it went well.
func Healthy(url string) error {
	good := 0
	for good < 3 {
		resp, err := client.Get(url)
		if err != nil {
			log.Print(err)
			good = 0
			time.Sleep(time.Second)
			continue
		}
		resp.Body.Close()
		good++
	}
	if good == 0 {
		return errors.New("none")
	}
	return nil
}
