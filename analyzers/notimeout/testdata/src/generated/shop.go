// Package generated mixes generated and hand-written code.
package generated

import (
	"net/http"
	"time"
)

// NewShop hands an unbounded client to the generated code, which calls it: the hand-written literal is the place.
func NewShop(base string) *Client {
	return NewClient(base, &http.Client{}) // want "has no timeout"
}

// NewBoundedShop hands over a bounded one: silent.
func NewBoundedShop(base string) *Client {
	return NewClient(base, &http.Client{Timeout: 10 * time.Second})
}

// Health has its client bounded by a generated function: silent.
func Health(url string) error {
	hc := &http.Client{}
	SetTimeout(hc, 2*time.Second)
	_, err := hc.Get(url)
	return err
}
