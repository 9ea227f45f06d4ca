package ctxpass

import (
	"context"
	"net/http"
	"time"

	"ctxpass/store"
	"golang.org/x/sync/errgroup"
)

// What has a deadline, or may have one, is silent.
func Silent(ctx context.Context, r *http.Request, s *store.Store) {
	s.Load(ctx, "mine to pass on")
	s.Load(r.Context(), "the client's")
	s.Save(context.Background(), "bounded inside")
	s.Delete(context.Background(), "bounded inside")
	store.Ping(context.Background(), "the client has a timeout")

	short, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	s.Load(short, "a")
	s.Load(store.Tagged(short), "a")
	g, grouped := errgroup.WithContext(short)
	s.Load(grouped, "a")
	_ = g.Wait()

	theirs, cancel := store.Short()
	defer cancel()
	s.Load(theirs, "a")

	maybe := context.Background()
	if r.ContentLength > 0 {
		maybe, cancel = context.WithTimeout(maybe, time.Second)
		defer cancel()
	}
	s.Load(maybe, "under a condition")

	timed, stop := context.WithCancel(context.Background())
	time.AfterFunc(time.Minute, stop)
	s.Load(timed, "cancelled by a timer")
}

func build(ctx context.Context) *http.Request {
	req, _ := http.NewRequestWithContext(ctx, "GET", "a", nil)
	return req
}

func Builds() *http.Request { return build(context.Background()) }

func events(ctx context.Context) error {
	req, _ := http.NewRequestWithContext(ctx, "GET", "a", nil)
	req.Header.Set("Accept", "text/event-stream")
	_, err := http.DefaultClient.Do(req)
	return err
}

func Streams() error { return events(context.Background()) }
