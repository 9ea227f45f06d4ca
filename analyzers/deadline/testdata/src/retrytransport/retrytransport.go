// Package retrytransport repeats requests below a client that has a timeout.
package retrytransport

import (
	"context"
	"net/http"
	"time"
)

type again struct{ next http.RoundTripper }

func (t *again) RoundTrip(req *http.Request) (*http.Response, error) {
	var resp *http.Response
	var err error
	for range 3 {
		resp, err = t.next.RoundTrip(req)
		if err == nil {
			return resp, nil
		}
	}
	return nil, err
}

// New has one timeout for all tries.
func New() *http.Client {
	return &http.Client{
		Timeout:   10 * time.Second, // want `this timeout of 10s covers all tries that the transport makes together: one that hangs uses it up, and is never repeated; give each try in again a timeout, and the request's context this one`
		Transport: &again{next: http.DefaultTransport},
	}
}

// NewConfigured has a timeout that is not known: silent.
func NewConfigured(d time.Duration) *http.Client {
	return &http.Client{Timeout: d, Transport: &again{next: http.DefaultTransport}}
}

type each struct{ next http.RoundTripper }

func (t *each) RoundTrip(req *http.Request) (*http.Response, error) {
	var err error
	for range 3 {
		var resp *http.Response
		ctx, cancel := context.WithTimeout(req.Context(), 2*time.Second)
		defer cancel()
		resp, err = t.next.RoundTrip(req.WithContext(ctx))
		if err == nil {
			return resp, nil
		}
	}
	return nil, err
}

// NewEach bounds each try: silent.
func NewEach() *http.Client {
	return &http.Client{Timeout: 10 * time.Second, Transport: &each{next: http.DefaultTransport}}
}

type busy struct{ next http.RoundTripper }

// RoundTrip repeats what was refused, not what hung: silent.
func (t *busy) RoundTrip(req *http.Request) (*http.Response, error) {
	for range 3 {
		resp, err := t.next.RoundTrip(req)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode != http.StatusTooManyRequests {
			return resp, nil
		}
		resp.Body.Close()
	}
	return t.next.RoundTrip(req)
}

// NewBusy is silent.
func NewBusy() *http.Client {
	return &http.Client{Timeout: 10 * time.Second, Transport: &busy{next: http.DefaultTransport}}
}

// inner gives up on response headers: silent.
type inner struct{ next *http.Transport }

func (t *inner) RoundTrip(req *http.Request) (*http.Response, error) {
	var err error
	for range 3 {
		var resp *http.Response
		resp, err = t.next.RoundTrip(req)
		if err == nil {
			return resp, nil
		}
	}
	return nil, err
}

// NewInner is silent.
func NewInner() *http.Client {
	return &http.Client{Timeout: 10 * time.Second, Transport: &inner{next: &http.Transport{ResponseHeaderTimeout: 2 * time.Second}}}
}
