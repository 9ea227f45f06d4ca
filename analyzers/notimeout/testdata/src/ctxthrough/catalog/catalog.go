// Package catalog has a remote neighbour, package stock, and makes no request itself.
package catalog

import (
	"context"
	"time"

	"ctxthrough/stock"
)

type Catalog struct{ stock *stock.Client }

type Cached struct {
	*Catalog
	seen map[string]int
}

func New(s *stock.Client) *Catalog { return &Catalog{stock: s} }

func (c *Catalog) Album(ctx context.Context, id string) (int, error) { return c.stock.Count(ctx, id) }

// Details is not the tail of anything.
func (c *Catalog) Details(ctx context.Context, id string) (int, error) {
	return c.stock.Count(ctx, id+"/details")
}

func (c *Catalog) Follow(ctx context.Context) error {
	return c.stock.Events(ctx, func(string) {})
}

// Quick is bounded here.
func (c *Catalog) Quick(ctx context.Context, id string) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return c.stock.Count(ctx, id)
}

// Price is bounded there.
func (c *Catalog) Price(ctx context.Context, id string) (int, error) { return c.stock.Price(ctx, id) }

// Sync works on in the background.
func (c *Catalog) Sync(ctx context.Context) {
	go func() {
		for id := range c.stock.Changes() {
			c.stock.Count(ctx, id)
		}
	}()
}

// Serve says hello and works until the process ends.
func (c *Catalog) Serve(ctx context.Context) error {
	if _, err := c.stock.Count(ctx, "hello"); err != nil {
		return err
	}
	<-ctx.Done()
	return ctx.Err()
}

// Keep keeps its context.
func Keep(ctx context.Context, s *stock.Client) *Keeper {
	s.Count(ctx, "hello")
	return &Keeper{ctx: ctx, stock: s}
}

type Keeper struct {
	ctx   context.Context
	stock *stock.Client
}

// Await asks until the answer is there, and no longer.
func (c *Catalog) Await(ctx context.Context, id string) (n int, err error) {
	for range 5 {
		if n, err = c.stock.Count(ctx, id); err == nil {
			return n, nil
		}
		time.Sleep(time.Second)
	}
	return 0, err
}

// All asks for one after the other.
func (c *Catalog) All(ctx context.Context, ids []string) (sum int, err error) {
	for _, id := range ids {
		n, err := c.stock.Count(ctx, id)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}

// Name asks nobody.
func (c *Catalog) Name(ctx context.Context) string {
	if ctx.Err() != nil {
		return ""
	}
	return "catalog"
}

var shared = New(stock.New("http://stock.internal"))

func Refresh(ctx context.Context) error {
	_, err := shared.Album(ctx, "all")
	return err
}

func Get[T any](ctx context.Context, id string) (v T, err error) {
	_, err = shared.Album(ctx, id)
	return v, err
}
