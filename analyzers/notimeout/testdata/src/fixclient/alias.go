package fixclient

import (
	_ "embed"
	web "net/http"
)

// Client is an alias; the literal keeps its name.
type Client = web.Client

// Aliased builds one.
func Aliased(url string) (*web.Response, error) {
	c := &Client{} // want "has no timeout"
	return c.Get(url)
}

// NewAliased has the package under another name, and new.
func NewAliased(url string) (*web.Response, error) {
	c := new(web.Client) // want "has no timeout"
	return c.Get(url)
}
