// Package names has identifiers that lie: types decide, not names.
package names

import (
	"net/http"
	"time"
)

// Shadow calls its variable like the package: the variable is a client.
func Shadow(url string) (int, error) {
	http := &http.Client{} // want "has no timeout"
	resp, err := http.Get(url)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}

type cache map[string]string

func (c cache) Get(key string) (string, error) { return c[key], nil }

// ShadowCache calls a map like the package: silent.
func ShadowCache(key string) (string, error) {
	http := cache{key: "value"}
	return http.Get(key)
}

// toxic keeps a client in a field called http.
type toxic struct{ http *http.Client }

// NewToxic builds it.
func NewToxic() *toxic {
	return &toxic{http: &http.Client{}} // want "has no timeout"
}

// Get goes through the field.
func (t *toxic) Get(url string) error {
	resp, err := t.http.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Client is an alias: the same type under another name.
type Client = http.Client

// Aliased builds one through the alias.
func Aliased(url string) error {
	c := &Client{} // want "has no timeout"
	_, err := c.Get(url)
	return err
}

// AliasedBounded does so with a Timeout: silent.
func AliasedBounded(url string) error {
	c := Client{Timeout: time.Second}
	_, err := c.Get(url)
	return err
}

// Server is an alias, too.
type Server = http.Server

// AliasedServer serves through it.
func AliasedServer() error {
	srv := &Server{Addr: ":8080"} // want "slowly"
	return srv.ListenAndServe()
}

// DefaultClient is a variable of this package: what it holds is bounded. Silent.
var DefaultClient = &http.Client{Timeout: 10 * time.Second}

// Own uses it.
func Own(url string) error {
	_, err := DefaultClient.Get(url)
	return err
}
