// Package gate lets a few in at a time.
package gate

import "net/http"

var slots = make(chan struct{}, 8)

// Fetch waits for a slot.
func Fetch(id string) error {
	slots <- struct{}{}
	defer func() { <-slots }()
	resp, err := http.Get("https://items.example.org/" + id)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Direct does not.
func Direct(id string) error {
	resp, err := http.Get("https://items.example.org/" + id)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
