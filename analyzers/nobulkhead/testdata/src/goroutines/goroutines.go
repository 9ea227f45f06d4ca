// Package goroutines starts one for each item.
package goroutines

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"sync"
)

type item struct{ ID string }

type billing interface {
	Pending(ctx context.Context) ([]item, error)
	Charge(ctx context.Context, id string) error
}

// sweep has as many calls at once as the other service answers with.
func sweep(ctx context.Context, api billing) error {
	items, err := api.Pending(ctx)
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	for _, it := range items {
		wg.Add(1)
		go func() { // want `this calls billing.Charge for each of items at the same time`
			defer wg.Done()
			api.Charge(ctx, it.ID)
		}()
	}
	wg.Wait()
	return nil
}

// handle has as many as its caller says.
func handle(w http.ResponseWriter, r *http.Request) {
	var ids []string
	if json.NewDecoder(r.Body).Decode(&ids) == nil {
		fetchAll(ids)
	}
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

// open has as many as there are rows.
func open(ctx context.Context, db *sql.DB) ([]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT id FROM items WHERE open")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// byIndex counts, and collects first.
func byIndex(ctx context.Context, db *sql.DB, api billing) {
	all, _ := open(ctx, db)
	seen := map[string]bool{}
	for _, id := range all {
		seen[id] = true
	}
	var ids []string
	for id := range seen {
		ids = append(ids, id)
	}
	var wg sync.WaitGroup
	for i := 0; i < len(ids); i++ {
		wg.Go(func() { api.Charge(ctx, ids[i]) }) // want `for each of ids`
	}
	wg.Wait()
}

type answer struct{ Items []item }

// ofAnswer goes through what others have sent. The results go into a channel, which limits nothing.
func ofAnswer(ctx context.Context, api billing, ask func(context.Context) (*answer, error)) error {
	got, err := ask(ctx)
	if err != nil {
		return err
	}
	errs := make(chan error, len(got.Items))
	for _, it := range got.Items {
		go func() { errs <- api.Charge(ctx, it.ID) }() // want `for each of got.Items`
	}
	for range got.Items {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}

type server struct{ api billing }

type chargeRequest struct{ ids []string }

func (r *chargeRequest) GetIds() []string { return r.ids }

// ChargeAll serves a request.
func (s *server) ChargeAll(ctx context.Context, req *chargeRequest) error {
	for _, id := range req.GetIds() {
		go s.api.Charge(ctx, id) // want `for each of req.GetIds\(\)`
	}
	return nil
}
