// Package groups has groups of goroutines.
package groups

import (
	"context"
	"errors"
	"net/http"

	"golang.org/x/sync/errgroup"
)

func fetch(ctx context.Context, id string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://items.example.org/"+id, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

type directory interface {
	List(ctx context.Context) ([]string, error)
}

func every(ctx context.Context, dir directory) error {
	ids, err := dir.List(ctx)
	if err != nil {
		return err
	}
	given(ctx, nil, ids)
	return errors.Join(all(ctx, ids), wrapped(ctx, ids), limited(ctx, ids), wrappedLimited(ctx, ids))
}

func all(ctx context.Context, ids []string) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, id := range ids {
		g.Go(func() error { return fetch(ctx, id) }) // want `for each of ids at the same time.*; call SetLimit on the group`
	}
	return g.Wait()
}

// A group of the program's own has one inside.
type group struct {
	*errgroup.Group
}

func newGroup() *group { return &group{&errgroup.Group{}} }

func newLimited(n int) *group {
	g := newGroup()
	g.SetLimit(n)
	return g
}

func (g *group) Go(what string, f func() error) { g.Group.Go(f) }

func wrapped(ctx context.Context, ids []string) error {
	g := newGroup()
	for _, id := range ids {
		g.Go("fetch", func() error { return fetch(ctx, id) }) // want `for each of ids`
	}
	return g.Wait()
}

func limited(ctx context.Context, ids []string) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(8)
	for _, id := range ids {
		g.Go(func() error { return fetch(ctx, id) })
	}
	return g.Wait()
}

func wrappedLimited(ctx context.Context, ids []string) error {
	g := newLimited(8)
	for _, id := range ids {
		g.Go("fetch", func() error { return fetch(ctx, id) })
	}
	return g.Wait()
}

// given has a group that may have a limit.
func given(ctx context.Context, g *errgroup.Group, ids []string) {
	for _, id := range ids {
		g.Go(func() error { return fetch(ctx, id) })
	}
}

// two are two.
func two(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, id := range []string{"a", "b"} {
		g.Go(func() error { return fetch(ctx, id) })
	}
	return g.Wait()
}
