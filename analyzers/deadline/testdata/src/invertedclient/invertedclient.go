// Package invertedclient has clients whose timeouts are longer than the contexts they are used under.
package invertedclient

import (
	"context"
	"net"
	"net/http"
	"time"
)

type prices struct {
	client *http.Client
	url    string
}

func newPrices(url string) *prices {
	return &prices{
		client: &http.Client{Timeout: 30 * time.Second}, // want `this timeout of 30s never passes: each request is sent under a context that ends after 4s at most; make it less, or drop it`
		url:    url,
	}
}

func (p *prices) get(ctx context.Context, path string) error {
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()
	return do(ctx, p.client, p.url+path)
}

func (p *prices) ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return do(ctx, p.client, p.url+"/ping")
}

func do(ctx context.Context, client *http.Client, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// general is for whatever comes: some of it has less time. Silent.
var general = &http.Client{Timeout: 30 * time.Second}

func quick(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := general.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func slow(url string) error {
	resp, err := general.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Shared is for other packages, which may need the time. Silent.
var Shared = &http.Client{Timeout: 30 * time.Second}

// Lent is given to somebody else, too. Silent.
func Lent(ctx context.Context, url string, lend func(any)) error {
	client := &http.Client{Timeout: 30 * time.Second}
	lend(client)
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Phases that are longer than the whole do no harm. Silent.
var phases = &http.Client{
	Timeout: 5 * time.Second,
	Transport: &http.Transport{
		DialContext:           (&net.Dialer{Timeout: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: 20 * time.Second,
	},
}

func usePhases(url string) error {
	resp, err := phases.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
