// Package unsafegroup has groups of goroutines without a limit.
package unsafegroup

import (
	"context"
	"net/http"

	"golang.org/x/sync/errgroup"
)

type directory interface {
	List(ctx context.Context) ([]string, error)
}

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

func every(ctx context.Context, dir directory) error {
	ids, err := dir.List(ctx)
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx) // one for all
	for _, id := range ids {
		g.Go(func() error { return fetch(ctx, id) }) // want `call SetLimit on the group`
	}
	return g.Wait()
}

func declared(ctx context.Context, dir directory) error {
	ids, err := dir.List(ctx)
	if err != nil {
		return err
	}
	var g errgroup.Group

	// All at once.
	for _, id := range ids {
		g.Go(func() error { return fetch(ctx, id) }) // want `call SetLimit on the group`
	}
	return g.Wait()
}

// several has others in the group, which may wait for these.
func several(ctx context.Context, dir directory) error {
	ids, err := dir.List(ctx)
	if err != nil {
		return err
	}
	done := make(chan string)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		for range ids {
			<-done
		}
		return nil
	})
	for _, id := range ids {
		g.Go(func() error { // want `call SetLimit on the group`
			defer func() { done <- id }()
			return fetch(ctx, id)
		})
	}
	return g.Wait()
}
