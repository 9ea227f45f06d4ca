// Package fixget has package functions of net/http in two files: each file may get one client, and the two must not clash.
package fixget

import (
	"fmt"
	"io"
	"net/http"
)

// First is the first call of the file.
func First(url string) ([]byte, error) {
	resp, err := http.Get(url) // want "has no timeout"
	if err != nil {
		return nil, fmt.Errorf("first: %w", err)
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// Second shares the client that the fix adds to the file.
func Second(url string) error {
	if resp, err := http.Head(url); err != nil { // want "has no timeout"
		return err
	} else {
		return resp.Body.Close()
	}
}

// Third is a call of the default client's method.
func Third(url string) (*http.Response, error) {
	return http.DefaultClient.Get(url) // want "has no timeout"
}

// Fourth stores the default client.
func Fourth(url string) (*http.Response, error) {
	c := http.DefaultClient // want "has no timeout"
	return c.Get(url)
}
