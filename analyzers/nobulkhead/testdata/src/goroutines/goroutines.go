// Package goroutines starts one for each item.
package goroutines

import (
	"context"
	"net/http"
	"sync"
)

type item struct{ ID string }

type repository interface {
	Pending(ctx context.Context) ([]item, error)
	Done(ctx context.Context, id string) error
}

// sweep has as many calls at once as there are rows.
func sweep(ctx context.Context, repo repository) error {
	items, err := repo.Pending(ctx)
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	for _, it := range items {
		wg.Add(1)
		go func() { // want `this calls repository.Done for each of items at the same time`
			defer wg.Done()
			repo.Done(ctx, it.ID)
		}()
	}
	wg.Wait()
	return nil
}

// fetchAll is given the list.
func fetchAll(ids []string) {
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Add(1)
		go fetch(id, &wg) // want `this calls http.Get for each of ids`
	}
	wg.Wait()
}

func fetch(id string, wg *sync.WaitGroup) {
	defer wg.Done()
	if resp, err := http.Get("https://items.example.org/" + id); err == nil {
		resp.Body.Close()
	}
}

// byIndex counts, and collects first.
func byIndex(ctx context.Context, repo repository, all map[string]item) {
	var ids []string
	for id := range all {
		ids = append(ids, id)
	}
	var wg sync.WaitGroup
	for i := 0; i < len(ids); i++ {
		wg.Go(func() { repo.Done(ctx, ids[i]) }) // want `for each of ids`
	}
	wg.Wait()
}

type answer struct{ Items []item }

// ofAnswer goes through what others have sent. The results go into a channel, which limits nothing.
func ofAnswer(ctx context.Context, repo repository, ask func() *answer) error {
	got := ask()
	errs := make(chan error, len(got.Items))
	for _, it := range got.Items {
		go func() { errs <- repo.Done(ctx, it.ID) }() // want `for each of got.Items`
	}
	for range got.Items {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}
