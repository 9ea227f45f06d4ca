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

// layered does so in a field, of which nothing else is known.
type layered struct{ rt http.RoundTripper }

func (l *layered) add() { l.rt = otelhttp.NewTransport(l.rt) }

func (l *layered) fetch(url string) (*http.Response, error) {
	c := &http.Client{Transport: l.rt, Timeout: time.Second}
	if _, err := c.Get(url); err != nil {
		return nil, err
	}
	c = &http.Client{Transport: l.rt}
	return c.Get(url)
}
