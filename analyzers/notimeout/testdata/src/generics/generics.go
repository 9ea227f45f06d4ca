// Package generics calls through type parameters. An instance is not a place: one finding for all of them.
package generics

import (
	"encoding/json"
	"net/http"
	"time"
)

// Item and Price are what is fetched.
type (
	Item  struct{ Name string }
	Price struct{ Cents int }
)

// getJSON is instantiated twice below.
func getJSON[T any](url string) (v T, err error) {
	resp, err := http.Get(url) // want "has no timeout"
	if err != nil {
		return v, err
	}
	defer resp.Body.Close()
	return v, json.NewDecoder(resp.Body).Decode(&v)
}

// Items instantiates it.
func Items(url string) ([]Item, error) { return getJSON[[]Item](url) }

// Prices instantiates it again.
func Prices(url string) ([]Price, error) { return getJSON[[]Price](url) }

// Fetch is exported and instantiated by other packages only.
func Fetch[T any](url string, decode func(*http.Response) (T, error)) (T, error) {
	c := &http.Client{} // want "has no timeout"
	resp, err := c.Get(url)
	if err != nil {
		var zero T
		return zero, err
	}
	return decode(resp)
}

// with gets its client as a parameter.
func with[T any](c *http.Client, url string) (v T, err error) {
	resp, err := c.Get(url)
	if err != nil {
		return v, err
	}
	defer resp.Body.Close()
	return v, json.NewDecoder(resp.Body).Decode(&v)
}

// WithUnbounded passes an unbounded client to an instance: the literal is the place.
func WithUnbounded(url string) (Item, error) {
	return with[Item](&http.Client{}, url) // want "has no timeout"
}

// WithBounded passes a bounded one: silent.
func WithBounded(url string) (Price, error) {
	return with[Price](&http.Client{Timeout: time.Second}, url)
}

// Store is generic over what it holds.
type Store[T any] struct {
	url string
	hc  *http.Client
}

// NewStore builds the client, for whichever T.
func NewStore[T any](url string) *Store[T] {
	return &Store[T]{url: url, hc: &http.Client{}} // want "has no timeout"
}

// Load uses it.
func (s *Store[T]) Load() (v T, err error) {
	resp, err := s.hc.Get(s.url)
	if err != nil {
		return v, err
	}
	defer resp.Body.Close()
	return v, json.NewDecoder(resp.Body).Decode(&v)
}

// Cache is bounded by an option that is generic as well: silent.
type Cache[T any] struct{ hc *http.Client }

// WithTimeout sets it through the struct.
func WithTimeout[T any](d time.Duration) func(*Cache[T]) {
	return func(c *Cache[T]) { c.hc.Timeout = d }
}

// NewCache applies the options.
func NewCache[T any](opts ...func(*Cache[T])) *Cache[T] {
	c := &Cache[T]{hc: &http.Client{}}
	for _, o := range opts {
		o(c)
	}
	return c
}

// Load uses it.
func (c *Cache[T]) Load(url string) (*http.Response, error) { return c.hc.Get(url) }
