// Package goroutineslimited has loops whose goroutines are limited, or few.
package goroutineslimited

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"sync"

	"golang.org/x/sync/semaphore"
)

type config struct{ Mirrors []string }

type service struct {
	cfg   config
	nodes []string
	seen  map[string]bool
	slots chan struct{}
	mu    sync.Mutex
}

func get(id string) {
	if resp, err := http.Get("https://items.example.org/" + id); err == nil {
		resp.Body.Close()
	}
}

func list() (ids []string) {
	resp, err := http.Get("https://items.example.org/")
	if err == nil {
		defer resp.Body.Close()
		json.NewDecoder(resp.Body).Decode(&ids)
	}
	return ids
}

// all gives the functions below, which are limited, lists that are not.
func all(ctx context.Context, s *service) {
	tokens(list())
	weighted(ctx, list())
	workers(list(), 4)
	local(list(), nil)
	one(list())
	watchers(list())
	s.inside(list())
	s.before(list())
	s.alone(list())
	addressed(list())
	download(list())
}

// tokens go through a channel, before the goroutine or in it.
func tokens(ids []string) {
	turns := make(chan struct{}, 8)
	for _, id := range ids {
		turns <- struct{}{}
		go func() {
			defer func() { <-turns }()
			get(id)
		}()
	}
	for _, id := range ids {
		go func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			get(id)
		}()
	}
}

func weighted(ctx context.Context, ids []string) {
	sem := semaphore.NewWeighted(8)
	for _, id := range ids {
		if sem.Acquire(ctx, 1) != nil {
			return
		}
		go func() {
			defer sem.Release(1)
			get(id)
		}()
	}
}

// workers are as many as there shall be.
func workers(ids []string, n int) {
	work := make(chan string)
	for range n {
		go func() {
			for id := range work {
				get(id)
			}
		}()
	}
	for _, id := range ids {
		work <- id
	}
}

// few are as many as the program is configured with.
func (s *service) few(extra config) {
	for _, m := range s.cfg.Mirrors {
		go get(m)
	}
	for _, m := range extra.Mirrors {
		go get(m)
	}
	for _, n := range s.nodes {
		go get(n)
	}
	for id := range s.seen {
		go get(id)
	}
	both := []string{"a"}
	both = append(both, "b")
	for _, id := range both {
		go get(id)
	}
	for _, id := range [...]string{"a", "b"} {
		go get(id)
	}
}

type repository interface {
	Pending(ctx context.Context, limit int) ([]string, error)
	Done(ctx context.Context, id string) error
}

// pages have a size.
func pages(ctx context.Context, repo repository, ids []string) {
	list, _ := repo.Pending(ctx, 50)
	for _, id := range list {
		go repo.Done(ctx, id)
	}
	for len(ids) > 8 {
		var wg sync.WaitGroup
		for _, id := range ids[:8] {
			wg.Go(func() { get(id) })
		}
		wg.Wait()
		ids = ids[8:]
	}
}

// local work calls nobody.
func local(ids []string, sums map[string]int) {
	var mu sync.Mutex
	for _, id := range ids {
		go func() {
			mu.Lock()
			defer mu.Unlock()
			sums[id] = len(id)
		}()
	}
}

// one is enough.
func one(ids []string) {
	for _, id := range ids {
		if id != "" {
			go get(id)
			break
		}
	}
}

// watchers go on for as long as the program does.
func watchers(ids []string) {
	for _, id := range ids {
		go func() {
			for {
				get(id)
			}
		}()
	}
}

type query struct{ n int }

func (q *query) Limit(n int) *query { return q }
func (q *query) Find() []string     { return nil }
func (s *service) oldest() []string { return new(query).Limit(30).Find() }
func (s *service) newest() []string { return new(query).Find() }
func (s *service) count(n int) bool { return n > 0 }

// rows are as many as the query asks for, and rounds have a page each.
func (s *service) rows() {
	old := s.oldest()
	for _, id := range old {
		go get(id)
	}
	for page := 0; page < 10; page++ {
		var wg sync.WaitGroup
		found := s.newest()
		for _, id := range found {
			wg.Go(func() { get(id) })
		}
		wg.Wait()
	}
}

// circular is assigned to itself, by way of another.
func circular(a, b []string) {
	a = b
	b = a
	for _, id := range a {
		go get(id)
	}
}

type component interface {
	Ping(ctx context.Context) error
}

// parts are what the program is made of, and named what somebody has written down.
func parts(ctx context.Context, all []component, names ...string) {
	for _, c := range all {
		go c.Ping(ctx)
	}
	for _, name := range names {
		go get(name)
	}
}

// inside waits for a slot in a function that the goroutine calls, or in one that is called before it starts.
func (s *service) inside(ids []string) {
	for _, id := range ids {
		go s.fetch(id)
	}
}

func (s *service) fetch(id string) {
	s.enter()
	defer s.leave()
	get(id)
}

func (s *service) enter() { s.slots <- struct{}{} }
func (s *service) leave() { <-s.slots }

func (s *service) before(ids []string) {
	for _, id := range ids {
		s.enter()
		go func() {
			defer s.leave()
			get(id)
		}()
	}
}

// alone has one of them at a time.
func (s *service) alone(ids []string) {
	for _, id := range ids {
		go func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			get(id)
		}()
	}
}

type site struct{ URL string }

// addressed calls someone else for each.
func addressed(ids []string) {
	var sites []*site
	for _, id := range ids {
		sites = append(sites, &site{id})
	}
	var others []site
	for _, s := range sites {
		others = append(others, *s)
	}
	for _, o := range others {
		go func() {
			if resp, err := http.Get(o.URL); err == nil {
				resp.Body.Close()
			}
		}()
	}
}

func download(images []string) {
	for _, image := range images {
		image := image
		go func() {
			if resp, err := http.Get(image); err == nil {
				resp.Body.Close()
			}
		}()
	}
}

type batchRequest struct {
	IDs   []string `validate:"max=20"`
	Other []string
}

// Batch is asked for no more than so many.
func (s *service) Batch(ctx context.Context, req *batchRequest) error {
	for _, id := range req.IDs {
		go get(id)
	}
	if len(req.Other) > maxOther {
		return errors.New("too many")
	}
	for _, id := range req.Other {
		go get(id)
	}
	return nil
}

const maxOther = 30

const oldest = "SELECT id FROM items ORDER BY created LIMIT 20"

// limited asks for so many rows.
func limited(ctx context.Context, db *sql.DB) {
	var ids []string
	rows, err := db.QueryContext(ctx, oldest)
	if err != nil {
		return
	}
	for rows.Next() {
		var id string
		rows.Scan(&id)
		ids = append(ids, id)
	}
	for _, id := range ids {
		go get(id)
	}
}

// pooled has as many connections as the pool has.
func pooled(ctx context.Context, db *sql.DB) {
	for _, id := range list() {
		go db.ExecContext(ctx, "DELETE FROM items WHERE id = $1", id)
	}
}
