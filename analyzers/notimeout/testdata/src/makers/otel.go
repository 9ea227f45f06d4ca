package makers

import (
	"context"
	"net/http"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

// Traced records a span that never ends.
func Traced(url string) (*http.Response, error) {
	c := &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)} // want "has no timeout"
	return c.Get(url)
}

// TracedHeader wraps a transport that waits 10 s for the headers and for ever for the body.
func TracedHeader(url string) (*http.Response, error) {
	base := &http.Transport{ResponseHeaderTimeout: 10 * time.Second}
	c := &http.Client{Transport: otelhttp.NewTransport(base)} // want "response body"
	return c.Get(url)
}

// TracedDefault uses the library's default client: nothing is constructed here, so the call is the place.
func TracedDefault(url string) (*http.Response, error) {
	return otelhttp.DefaultClient.Get(url) // want "has no timeout"
}

// TracedSet has a Timeout around the transport: silent.
func TracedSet(url string) (*http.Response, error) {
	c := &http.Client{
		Transport: otelhttp.NewTransport(http.DefaultTransport),
		Timeout:   10 * time.Second,
	}
	return c.Get(url)
}

// TracedTimed passes a deadline to the library's function: silent.
func TracedTimed(url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	resp, err := otelhttp.Get(ctx, url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
