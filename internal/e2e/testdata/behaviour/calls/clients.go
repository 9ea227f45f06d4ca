package main

import (
	"context"
	"io"
	"net/http"
	"strings"
	"time"
)

func init() {
	kinds["client literal"] = literal
	kinds["client variable"] = variable
	kinds["client new"] = newClient
	kinds["client field"] = func(url string) (string, error) { return newCatalog(url).get() }
	kinds["client stored"] = func(url string) (string, error) { return newShop(url).get() }
	kinds["client of the package"] = get
	kinds["request with context"] = func(url string) (string, error) {
		ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
		defer cancel()
		return requested(ctx, url)
	}
	kinds["context at hand"] = func(url string) (string, error) {
		ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
		defer cancel()
		return detached(ctx, url)
	}
}

func literal(url string) (string, error) {
	client := &http.Client{CheckRedirect: func(req *http.Request, via []*http.Request) error {
		req.Header.Set("X-Redirected", "once")
		return nil
	}}
	req, err := http.NewRequest(http.MethodPost, url, strings.NewReader("one guitar"))
	if err != nil {
		return "", err
	}
	req.Header.Set("X-Shop", "main street")
	resp, err := client.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.Status + "\n" + string(body), err
}

func variable(url string) (string, error) {
	var client http.Client
	resp, err := client.Post(url, "text/plain", strings.NewReader("one guitar"))
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.Status + "\n" + string(body), err
}

func newClient(url string) (string, error) {
	client := new(http.Client)
	resp, err := client.Get(url)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.Status + "\n" + string(body), err
}

type catalog struct {
	url    string
	client http.Client
}

func newCatalog(url string) *catalog { return &catalog{url: url} }

func (c *catalog) get() (string, error) {
	resp, err := c.client.Get(c.url)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.Status + "\n" + string(body), err
}

type shop struct {
	url    string
	client *http.Client
}

func newShop(url string) *shop { return &shop{url, http.DefaultClient} }

func (s *shop) get() (string, error) {
	resp, err := s.client.Get(s.url)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.Status + "\n" + string(body), err
}

func get(url string) (string, error) {
	resp, err := http.Get(url)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.Status + "\n" + string(body), err
}

func requested(ctx context.Context, url string) (string, error) {
	req, err := http.NewRequest(http.MethodPut, url, strings.NewReader("one guitar"))
	if err != nil {
		return "", err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.Status + "\n" + string(body), err
}

// patient is no client for others: it has a transport of its own.
var patient = &http.Client{Timeout: time.Minute, Transport: &http.Transport{DisableKeepAlives: true}}

func detached(ctx context.Context, url string) (string, error) {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	resp, err := patient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.Status + "\n" + string(body), err
}
