// Package ctxthrough passes contexts without a deadline to requests three packages away.
package ctxthrough

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"time"

	"ctxthrough/catalog"
	"ctxthrough/stock"
)

// Import is a command.
func Import(c *catalog.Catalog, ids []string) {
	ctx := context.Background()
	fmt.Println(c.Album(ctx, ids[0])) // want "has no deadline"
}

func Direct(s *stock.Client) {
	s.Count(context.Background(), "a") // want "has no deadline"
}

func own(ctx context.Context, c *catalog.Catalog) error {
	_, err := c.Album(ctx, "a")
	return err
}

func Near(c *catalog.Catalog) error {
	return own(context.Background(), c) // want "has no deadline"
}

func Facade() error {
	return catalog.Refresh(context.Background()) // want "has no deadline"
}

func Promoted(c *catalog.Cached) error {
	_, err := c.Album(context.Background(), "a") // want "has no deadline"
	return err
}

func Value(c *catalog.Catalog) error {
	album := c.Album
	_, err := album(context.Background(), "a") // want "has no deadline"
	return err
}

func Generic() error {
	_, err := catalog.Get[int](context.Background(), "a") // want "has no deadline"
	return err
}

func Await(c *catalog.Catalog) (int, error) {
	return c.Await(context.Background(), "a") // want "has no deadline"
}

func Details(c *catalog.Catalog) (int, error) {
	return c.Details(context.Background(), "a") // want "has no deadline"
}

// serve asks and then serves: its context is the process's.
func serve(ctx context.Context, c *catalog.Catalog) error {
	if _, err := c.Album(ctx, "first"); err != nil {
		return err
	}
	return c.Serve(ctx)
}

// Lasting passes contexts that live on in another package: silent.
func Lasting(c *catalog.Catalog, s *stock.Client) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	catalog.Keep(ctx, s)
	c.All(ctx, []string{"a", "b"})
	serve(ctx, c)
}

// Silent: bounded somewhere on the way.
func Silent(ctx context.Context, c *catalog.Catalog) {
	c.Album(ctx, "mine")
	c.Quick(context.Background(), "bounded half-way")
	c.Price(context.Background(), "bounded at the end")
	c.Sync(context.Background())
	c.Name(context.Background())
	c.Follow(context.Background())

	short, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	c.Album(short, "a")
	_ = own(short, c)
	_ = catalog.Refresh(short)
}
