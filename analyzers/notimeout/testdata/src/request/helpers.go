package request

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// Store builds its requests in exported methods and sends them through one unexported door.
type Store struct {
	base string
	hc   *http.Client
}

// NewStore is the place: no request that goes through do has a deadline.
func NewStore(base string) *Store {
	return &Store{base: base, hc: &http.Client{}} // want "has no timeout"
}

// Item sends a GET.
func (s *Store) Item(id string) (name string, err error) {
	req, err := http.NewRequest(http.MethodGet, s.base+"/items/"+id, nil)
	if err != nil {
		return "", err
	}
	err = s.do(req, &name)
	return name, err
}

// Remove sends a DELETE.
func (s *Store) Remove(id string) error {
	req, err := http.NewRequest(http.MethodDelete, s.base+"/items/"+id, nil)
	if err != nil {
		return err
	}
	return s.do(req, nil)
}

func (s *Store) do(req *http.Request, out any) error {
	req.Header.Set("Accept", "application/json")
	resp, err := s.hc.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if out == nil {
		return nil
	}
	return json.NewDecoder(resp.Body).Decode(out)
}

// Vault has the same door with a deadline in it: silent.
type Vault struct{ hc *http.Client }

// NewVault constructs a client that only do uses.
func NewVault() *Vault { return &Vault{hc: &http.Client{}} }

// Read sends a GET.
func (v *Vault) Read(url string) error {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	return v.do(req)
}

func (v *Vault) do(req *http.Request) error {
	ctx, cancel := context.WithTimeout(req.Context(), 10*time.Second)
	defer cancel()
	resp, err := v.hc.Do(req.WithContext(ctx))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Depot passes its requests through two unexported functions; every one of them has a deadline: silent.
type Depot struct{ hc *http.Client }

// NewDepot constructs the client.
func NewDepot() *Depot { return &Depot{hc: &http.Client{}} }

// Stock sets the deadline.
func (d *Depot) Stock(url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	return d.get(ctx, url)
}

// Level passes its caller's context.
func (d *Depot) Level(ctx context.Context, url string) error { return d.get(ctx, url) }

func (d *Depot) get(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	return d.send(req)
}

func (d *Depot) send(req *http.Request) error {
	resp, err := d.hc.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Mixed has one caller with a deadline and one without: the client is the place, once.
type Mixed struct{ hc *http.Client }

// NewMixed constructs the client.
func NewMixed() *Mixed {
	return &Mixed{hc: &http.Client{}} // want "has no timeout"
}

// Good sets a deadline.
func (m *Mixed) Good(url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	return m.send(req)
}

// Bad sets none.
func (m *Mixed) Bad(url string) error {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	return m.send(req)
}

func (m *Mixed) send(req *http.Request) error {
	resp, err := m.hc.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Gateway only sends what it is given: silent, although its client has no Timeout.
type Gateway struct{ hc *http.Client }

// NewGateway constructs the client.
func NewGateway() *Gateway { return &Gateway{hc: &http.Client{}} }

// Send is exported: the request is the caller's.
func (g *Gateway) Send(req *http.Request) (*http.Response, error) { return g.hc.Do(req) }

// Batch gets its requests, with deadlines, from a helper that returns a slice: silent.
func Batch(ctx context.Context, urls []string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	reqs, err := batch(ctx, urls)
	if err != nil {
		return err
	}
	for _, req := range reqs {
		if _, err := http.DefaultClient.Do(req); err != nil {
			return err
		}
	}
	return nil
}

func batch(ctx context.Context, urls []string) ([]*http.Request, error) {
	var reqs []*http.Request
	for _, u := range urls {
		req, err := http.NewRequest(http.MethodGet, u, nil)
		if err != nil {
			return nil, err
		}
		reqs = append(reqs, req.WithContext(ctx))
	}
	return reqs, nil
}

// Built gets its request from a helper that gives it no deadline.
func Built(url string) (*http.Response, error) {
	req, err := build(url)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req) // want "has no timeout"
}

func build(url string) (*http.Request, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	return req, nil
}

// Follow passes clones of its request to itself; they keep the deadline: silent.
func Follow(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	return follow(req, 5)
}

func follow(req *http.Request, hops int) error {
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	next, err := resp.Location()
	if err != nil || hops == 0 {
		return err
	}
	again := req.Clone(req.Context())
	again.URL = next
	return follow(again, hops-1)
}

// Chase is the same recursion without a deadline: it ends in one finding, not in none and not in a hang of the analyzer.
func Chase(url string) error {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	return chase(req, 5)
}

func chase(req *http.Request, hops int) error {
	resp, err := http.DefaultClient.Do(req) // want "has no timeout"
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	next, err := resp.Location()
	if err != nil || hops == 0 {
		return err
	}
	again := req.Clone(req.Context())
	again.URL = next
	return chase(again, hops-1)
}
