// Package otelhttp is a stub: a transport that records spans and bounds nothing.
package otelhttp

import (
	"context"
	"net/http"
)

type Option interface{ apply() }

type Transport struct {
	rt http.RoundTripper
}

// DefaultClient was removed upstream in v0.7x; services on older releases still use it.
var DefaultClient = &http.Client{Transport: NewTransport(http.DefaultTransport)}

func NewTransport(base http.RoundTripper, opts ...Option) *Transport { return &Transport{rt: base} }

func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) { return t.rt.RoundTrip(r) }

func Get(ctx context.Context, targetURL string) (resp *http.Response, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, targetURL, nil)
	if err != nil {
		return nil, err
	}
	return DefaultClient.Do(req)
}

func NewHandler(handler http.Handler, operation string, opts ...Option) http.Handler { return handler }
