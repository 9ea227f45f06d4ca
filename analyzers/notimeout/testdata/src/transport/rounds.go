package transport

import (
	"net/http"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

// Layers wraps the transport once more for each layer: it works through itself, as far as
// anybody can see who does not count.
func Layers(url string, layers int) (*http.Response, error) {
	var rt http.RoundTripper = http.DefaultTransport
	for range layers {
		rt = otelhttp.NewTransport(rt)
	}
	c := &http.Client{Transport: rt} // want "no timeout"
	return c.Get(url)
}

// layered does so in a field that nothing else is stored into.
type layered struct{ rt http.RoundTripper }

func (l *layered) add() { l.rt = otelhttp.NewTransport(l.rt) }

func (l *layered) fetch(url string) (*http.Response, error) {
	c := &http.Client{Transport: l.rt, Timeout: time.Second}
	if _, err := c.Get(url); err != nil {
		return nil, err
	}
	c = &http.Client{Transport: l.rt} // want "no timeout"
	return c.Get(url)
}

// InPlace wraps the transport that a client has. Fields of other packages are not known to hold
// nothing: silent.
func InPlace(url string) (*http.Response, error) {
	c := &http.Client{}
	c.Transport = otelhttp.NewTransport(c.Transport)
	return c.Get(url)
}

// InPlaceBounded wraps the transport of a client that has a timeout.
func InPlaceBounded(url string) (*http.Response, error) {
	c := &http.Client{Timeout: time.Second}
	c.Transport = otelhttp.NewTransport(c.Transport)
	return c.Get(url)
}
