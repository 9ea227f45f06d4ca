package waits

import (
	"context"
	"log"
	"time"

	"waits/paced"
	"waits/pacer"
)

// Elsewhere waits in another package.
func Elsewhere(url string) error {
	for i := range 3 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		pacer.Backoff(i)
	}
	return errGaveUp
}

// ByFact waits in a package whose facts say so.
func ByFact(ctx context.Context, url string) error {
	for range 3 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		if err := paced.Rest(ctx, pause); err != nil {
			return err
		}
	}
	return errGaveUp
}

// Noted calls a function there that does not.
func Noted(ctx context.Context, url string) (last error) {
	for range 3 { // want `called again at once`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		last = paced.Note(ctx, err)
	}
	return last
}

// A worker has its pace from outside.
type worker struct {
	url   string
	sleep func(ctx context.Context, attempt int) error
	ready chan struct{}
}

// Field waits by a function in a field.
func (w *worker) Field(ctx context.Context) error {
	for i := range 3 {
		resp, err := client.Get(w.url)
		if err == nil {
			return resp.Body.Close()
		}
		if err := w.sleep(ctx, i); err != nil {
			return err
		}
	}
	return errGaveUp
}

// Asked waits until it is asked again.
func (w *worker) Asked() error {
	for range w.ready {
		resp, err := client.Get(w.url)
		if err != nil {
			log.Print(err)
			continue
		}
		return resp.Body.Close()
	}
	return errGaveUp
}

// Slow waits in what it attempts.
func (w *worker) Slow() error {
	for range 3 {
		if err := w.attempt(); err == nil {
			return nil
		}
	}
	return errGaveUp
}

func (w *worker) attempt() error {
	resp, err := client.Get(w.url)
	if err != nil {
		time.Sleep(time.Second)
		return err
	}
	return resp.Body.Close()
}

// Deferred waits in a deferred function of what it attempts.
func (w *worker) Deferred() error {
	for range 3 {
		err := func() (err error) {
			defer func() {
				if err != nil {
					time.Sleep(time.Second)
				}
			}()
			resp, err := client.Get(w.url)
			if err != nil {
				return err
			}
			return resp.Body.Close()
		}()
		if err == nil {
			return nil
		}
	}
	return errGaveUp
}
