// Package dotimport has the names of net/http without a qualifier.
package dotimport

import . "net/http"

// Fetch calls the package function.
func Fetch(url string) (*Response, error) {
	return Get(url) // want "has no timeout"
}

// Build writes the literal.
func Build(url string) (*Response, error) {
	c := &Client{} // want "has no timeout"
	return c.Get(url)
}

// Default uses the default client.
func Default(url string) (*Response, error) {
	return DefaultClient.Head(url) // want "has no timeout"
}

// Listen starts a server.
func Listen(h Handler) error {
	return ListenAndServe(":8080", h) // want "slowly"
}
