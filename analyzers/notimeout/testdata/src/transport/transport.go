// Package transport has clients that look configured because their transport is.
package transport

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"time"
)

// HeaderOnly bounds the wait for the headers; a peer that stops in the middle of the body still blocks the reader.
func HeaderOnly(url string) (*http.Response, error) {
	c := &http.Client{ // want "response body"
		Transport: &http.Transport{ResponseHeaderTimeout: 10 * time.Second},
	}
	return c.Get(url)
}

// HeaderVar keeps the transport in a variable.
func HeaderVar(url string, wait time.Duration) (*http.Response, error) {
	tr := &http.Transport{
		TLSHandshakeTimeout:   5 * time.Second,
		ResponseHeaderTimeout: wait,
	}
	c := &http.Client{Transport: tr} // want "response body"
	return c.Get(url)
}

// HeaderLater assigns the field to a clone of the default transport.
func HeaderLater(url string) (*http.Response, error) {
	tr := http.DefaultTransport.(*http.Transport).Clone()
	tr.ResponseHeaderTimeout = 10 * time.Second
	c := &http.Client{Transport: tr} // want "response body"
	return c.Get(url)
}

// HeaderAssigned gives the client its transport afterwards.
func HeaderAssigned(url string) (*http.Response, error) {
	c := &http.Client{} // want "response body"
	c.Transport = &http.Transport{ResponseHeaderTimeout: 10 * time.Second}
	return c.Get(url)
}

// Mirror keeps the half-bounded client in a field.
type Mirror struct{ hc *http.Client }

// NewMirror gets the transport from a helper.
func NewMirror() *Mirror {
	return &Mirror{hc: &http.Client{Transport: headerTransport()}} // want "response body"
}

func headerTransport() *http.Transport {
	return &http.Transport{ResponseHeaderTimeout: 10 * time.Second}
}

// Pull uses it.
func (m *Mirror) Pull(url string) (*http.Response, error) { return m.hc.Get(url) }

// TLSOnly loses even the default transport's 30 s dial and 10 s handshake.
func TLSOnly(url string, roots *tls.Config) (*http.Response, error) {
	tr := &http.Transport{TLSClientConfig: roots}
	c := &http.Client{Transport: tr} // want "has no timeout"
	return c.Get(url)
}

// Tuned sets every timeout of the transport but the one that waits for an answer.
func Tuned(url string) (*http.Response, error) {
	c := &http.Client{ // want "has no timeout"
		Transport: &http.Transport{
			DialContext:           (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
			TLSHandshakeTimeout:   5 * time.Second,
			IdleConnTimeout:       90 * time.Second,
			ExpectContinueTimeout: time.Second,
		},
	}
	return c.Get(url)
}

// Cloned changes the pool of a clone and no timeout.
func Cloned(url string) (*http.Response, error) {
	tr := http.DefaultTransport.(*http.Transport).Clone()
	tr.MaxIdleConnsPerHost = 32
	c := &http.Client{Transport: tr} // want "has no timeout"
	return c.Get(url)
}

// Default names the default transport.
func Default(url string) (*http.Response, error) {
	c := &http.Client{Transport: http.DefaultTransport} // want "has no timeout"
	return c.Get(url)
}

// ZeroHeader writes down the transport's default, which is none.
func ZeroHeader(url string) (*http.Response, error) {
	c := &http.Client{Transport: &http.Transport{ResponseHeaderTimeout: 0}} // want "has no timeout"
	return c.Get(url)
}

// Borrowed takes the transport of a bounded client and leaves its Timeout behind: what a
// field of another client holds is not followed. Silent.
func Borrowed(first, second string) (*http.Response, error) {
	bounded := &http.Client{
		Transport: &http.Transport{MaxConnsPerHost: 8},
		Timeout:   10 * time.Second,
	}
	if _, err := bounded.Head(first); err != nil {
		return nil, err
	}
	bare := &http.Client{Transport: bounded.Transport}
	return bare.Get(second)
}

// signer is a transport that adds a header and forwards: it bounds nothing.
type signer struct {
	token string
	next  http.RoundTripper
}

func (s *signer) RoundTrip(req *http.Request) (*http.Response, error) {
	signed := req.Clone(req.Context())
	signed.Header.Set("Authorization", "Bearer "+s.token)
	return s.next.RoundTrip(signed)
}

// Signed goes through a transport of the package, and the package shows that it sets no deadline.
func Signed(url, token string) (*http.Response, error) {
	c := &http.Client{Transport: &signer{token: token, next: http.DefaultTransport}} // want "has no timeout"
	return c.Get(url)
}

// Both has a transport with a header timeout and a Timeout: silent.
func Both(url string) (*http.Response, error) {
	c := &http.Client{
		Timeout:   time.Minute,
		Transport: &http.Transport{ResponseHeaderTimeout: 10 * time.Second},
	}
	return c.Get(url)
}

// HeaderAndDeadline bounds the body by the request's context: silent.
func HeaderAndDeadline(ctx context.Context, url string) error {
	c := &http.Client{Transport: &http.Transport{ResponseHeaderTimeout: 10 * time.Second}}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// limiter is a transport that gives every request a deadline.
type limiter struct {
	next  http.RoundTripper
	limit time.Duration
}

func (l *limiter) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(req.Context(), l.limit)
	resp, err := l.next.RoundTrip(req.WithContext(ctx))
	if err != nil {
		cancel()
		return nil, err
	}
	resp.Body = limitedBody{resp.Body, cancel}
	return resp, nil
}

type limitedBody struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (b limitedBody) Close() error {
	defer b.cancel()
	return b.ReadCloser.Close()
}

// Limited goes through it: silent.
func Limited(url string) (*http.Response, error) {
	c := &http.Client{Transport: &limiter{next: http.DefaultTransport, limit: time.Second}}
	return c.Get(url)
}
