// Package intest has test files. They are silent, they do not make the package a test helper (go vet analyzes it together with
// them), and what they set does not bound what runs in production.
package intest

import "net/http"

// Weather uses a client that only a test bounds.
type Weather struct{ hc *http.Client }

// NewWeather is reported with and without the test files.
func NewWeather() *Weather {
	return &Weather{hc: &http.Client{}} // want "has no timeout"
}

// Today uses it.
func (w *Weather) Today(url string) error {
	resp, err := w.hc.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Yesterday is a plain call.
func Yesterday(url string) error {
	resp, err := http.Get(url) // want "has no timeout"
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
