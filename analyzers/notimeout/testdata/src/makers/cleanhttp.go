// Package makers gets its clients from well-known libraries that set no timeout.
package makers

import (
	"context"
	"net/http"
	"time"

	cleanhttp "github.com/hashicorp/go-cleanhttp"
)

// Clean uses a client without a Timeout: the maker's call is the construction.
func Clean(url string) (*http.Response, error) {
	c := cleanhttp.DefaultClient() // want "has no timeout"
	return c.Get(url)
}

// Pooled uses its sibling, through a field.
type Pooled struct{ hc *http.Client }

// NewPooled makes the client that Get uses.
func NewPooled() *Pooled {
	return &Pooled{hc: cleanhttp.DefaultPooledClient()} // want "has no timeout"
}

// Get uses it.
func (p *Pooled) Get(url string) (*http.Response, error) { return p.hc.Get(url) }

// CleanTransport builds its own client around a transport of the library, which bounds only dial and TLS.
func CleanTransport(url string) (*http.Response, error) {
	c := &http.Client{Transport: cleanhttp.DefaultPooledTransport()} // want "has no timeout"
	return c.Get(url)
}

// CleanSet bounds what the library made: silent.
func CleanSet(url string) (*http.Response, error) {
	c := cleanhttp.DefaultPooledClient()
	c.Timeout = 10 * time.Second
	return c.Get(url)
}

// CleanTimed sends a request with a deadline: silent.
func CleanTimed(url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return err
	}
	_, err = cleanhttp.DefaultClient().Do(req)
	return err
}

// CleanForCallers only returns it: silent.
func CleanForCallers() *http.Client { return cleanhttp.DefaultClient() }
