// Package silentfailover asks one server after the other.
package silentfailover

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

var errNone = errors.New("none of them")

// Ranged goes through a list.
func Ranged(ctx context.Context, endpoints []string) (*http.Response, error) {
	for _, endpoint := range endpoints {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, endpoint+"/albums", nil)
		if err != nil {
			return nil, err
		}
		resp, err := client.Do(req)
		if err != nil {
			continue
		}
		return resp, nil
	}
	return nil, errNone
}

// Indexed goes through a list by its index.
func Indexed(servers []string) (net.Conn, error) {
	for i := 0; i < len(servers); i++ {
		conn, err := net.DialTimeout("tcp", servers[i], time.Second)
		if err == nil {
			return conn, nil
		}
	}
	return nil, errNone
}

type pool struct {
	servers []string
	current int
}

func (p *pool) next() string {
	p.current = (p.current + 1) % len(p.servers)
	return p.servers[p.current]
}

// Rotated has a pool that says which is the next.
func (p *pool) Rotated() (net.Conn, error) {
	for range p.servers {
		conn, err := net.DialTimeout("tcp", p.next(), time.Second)
		if err == nil {
			return conn, nil
		}
	}
	return nil, errNone
}

// Modulo counts round.
func (p *pool) Modulo(path string) (*http.Response, error) {
	for i := range 3 {
		resp, err := client.Get(p.servers[i%len(p.servers)] + path)
		if err == nil {
			return resp, nil
		}
	}
	return nil, errNone
}

// Kept sets which is the current one.
func (p *pool) Kept(path string) (*http.Response, error) {
	for range p.servers {
		resp, err := client.Get(p.servers[p.current] + path)
		if err == nil {
			return resp, nil
		}
		p.current = (p.current + 1) % len(p.servers)
	}
	return nil, errNone
}

// Two has a second one for when the first fails.
func Two(first, second string) (*http.Response, error) {
	url := first
	for range 2 {
		resp, err := client.Get(url)
		if err == nil {
			return resp, nil
		}
		url = second
	}
	return nil, errNone
}
