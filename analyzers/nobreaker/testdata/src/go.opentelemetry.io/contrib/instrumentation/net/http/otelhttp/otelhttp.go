// Package otelhttp is a stub.
package otelhttp

import "net/http"

type Transport struct{ rt http.RoundTripper }

func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) { return t.rt.RoundTrip(r) }

func NewTransport(base http.RoundTripper) *Transport { return &Transport{base} }
