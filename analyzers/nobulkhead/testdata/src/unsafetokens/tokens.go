// Package unsafetokens starts a goroutine for each item, with a group that has no limit to set, or none.
package unsafetokens

import (
	"context"
	"net/http"
	"sync"
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

func waits(ctx context.Context, dir directory) {
	ids, _ := dir.List(ctx)
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Go(func() { fetch(ctx, id) }) // want `start no more than a few at a time`
	}
	wg.Wait()
}

// collects hands the results to who comes after the loop.
func collects(ctx context.Context, dir directory) (failed int) {
	ids, _ := dir.List(ctx)
	results := make(chan error)
	// All at once.
	for _, id := range ids {
		go func() { // want `start no more than a few at a time`
			results <- fetch(ctx, id)
		}()
	}
	for range ids {
		if <-results != nil {
			failed++
		}
	}
	return failed
}

func given(ctx context.Context, dir directory, limit int) {
	ids, _ := dir.List(ctx)
	for _, id := range ids {
		go func(id string) { // want `start no more than a few at a time`
			fetch(ctx, id)
		}(id)
	}
}

func get(ctx context.Context, id string, wg *sync.WaitGroup) {
	defer wg.Done()
	fetch(ctx, id)
}

func called(ctx context.Context, dir directory) {
	ids, _ := dir.List(ctx)
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Add(1)
		go get(ctx, id, &wg) // want `start no more than a few at a time`
	}
	wg.Wait()
}

// counted has an argument that is another one by then: no edit.
func counted(ctx context.Context, dir directory) {
	ids, _ := dir.List(ctx)
	var wg sync.WaitGroup
	last := ""
	for _, id := range ids {
		wg.Add(1)
		last = id
		go get(ctx, last, &wg) // want `start no more than a few at a time`
	}
	wg.Wait()
}
