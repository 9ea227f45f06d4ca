// Package detached leaves the context at hand out.
package detached

import (
	"context"
	"errors"
	"net/http"
	"time"
)

type client struct {
	http *http.Client
	url  string
}

func newClient(url string) *client {
	return &client{http: &http.Client{Timeout: 5 * time.Second}, url: url}
}

func (c *client) send(ctx context.Context, path string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url+path, nil)
	if err != nil {
		return err
	}
	return c.do(req)
}

func (c *client) do(req *http.Request) error {
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return errors.New(resp.Status)
	}
	return resp.Body.Close()
}

// load passes its context on, through another function.
func (c *client) load(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	return c.send(ctx, "/load")
}

func (c *client) direct(ctx context.Context) error {
	req, err := http.NewRequestWithContext(context.TODO(), http.MethodGet, "http://stock.internal/all", nil) // want `.ontext.TODO leaves c.x out: when the caller gives up or its .eadline passes, client.do's call of the server goes on for nobody; pass c.x, or .ontext.W.thoutCancel\(c.x\) if that is meant`
	if err != nil {
		return err
	}
	return c.do(req)
}

func (c *client) without(ctx context.Context) error {
	req, err := http.NewRequest(http.MethodGet, c.url, nil) // want `http.NewRequest leaves c.x out: when the caller gives up or its .eadline passes, client.do's call of the server goes on for nobody`
	if err != nil {
		return err
	}
	return c.do(req)
}

func (c *client) through(ctx context.Context) error {
	return c.load(context.Background()) // want `.ontext..ackground leaves c.x out: .* client.do's call`
}

// once is one finding, with two calls.
func (c *client) once(ctx context.Context, key, value any) error {
	background := context.Background() // want `.ontext..ackground leaves c.x out`
	if err := c.send(background, "/a"); err != nil {
		return err
	}
	return c.send(context.WithValue(background, key, value), "/b")
}

// literal is called on the spot.
func (c *client) literal(ctx context.Context) error {
	return func() error {
		return c.send(context.Background(), "/") // want `.ontext..ackground leaves c.x out`
	}()
}

// job is given to somebody, and has a context of its own.
func (c *client) job() func(context.Context) error {
	return func(ctx context.Context) error {
		return c.send(context.Background(), "/") // want `.ontext..ackground leaves c.x out`
	}
}

// derived only releases what it has derived.
func (c *client) derived(parent context.Context) error {
	ctx, cancel := context.WithCancel(context.Background()) // want `.ontext..ackground leaves parent out`
	defer cancel()
	return c.send(ctx, "/")
}

// later says that something is missing.
func (c *client) later(ctx context.Context) error {
	// TODO: use the context
	return c.send(context.Background(), "/") // want `.ontext..ackground leaves c.x out`
}
