// Package silentworker works on what comes.
package silentworker

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"os"
	"time"
)

var client = &http.Client{Timeout: time.Second}

type job struct{ url string }

func (j *job) run(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, j.url, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Range works on what a channel gives.
func Range(ctx context.Context, jobs <-chan *job) {
	for j := range jobs {
		if err := j.run(ctx); err != nil {
			log.Print(err)
		}
	}
}

// Select listens to two.
func Select(ctx context.Context, jobs <-chan *job) {
	for {
		select {
		case <-ctx.Done():
			return
		case j := <-jobs:
			if err := j.run(ctx); err != nil {
				log.Print(err)
				continue
			}
		}
	}
}

// A reader gives messages.
type reader interface {
	ReadMessage(ctx context.Context) ([]byte, error)
}

// Consume goes on for ever, with a pause after errors.
func Consume(ctx context.Context, r reader) {
	for {
		msg, err := r.ReadMessage(ctx)
		if err != nil {
			log.Print(err)
			time.Sleep(time.Second)
			continue
		}
		log.Printf("%s", msg)
	}
}

// First takes the next that can be worked on.
func First(ctx context.Context, r reader) []byte {
	for {
		msg, err := r.ReadMessage(ctx)
		if err != nil {
			return nil
		}
		if len(msg) > 0 {
			return msg
		}
	}
}

// Queue works on what it has, and keeps what fails.
func Queue(ctx context.Context, queue []*job) {
	for len(queue) > 0 {
		j := queue[0]
		queue = queue[1:]
		if err := j.run(ctx); err != nil {
			queue = append(queue, j)
			time.Sleep(time.Second)
		}
	}
}

// Paused calls what a variable holds: nothing at first, a pause later.
func Paused(ctx context.Context, url string) error {
	pause := func() {}
	slow := false
	for {
		err := follow(ctx, url)
		switch {
		case err == nil, errors.Is(err, io.EOF):
			slow = false
			continue
		case ctx.Err() != nil:
			return nil
		default:
			if !slow {
				slow = true
				pause = func() { time.Sleep(5 * time.Second) }
			}
			pause()
		}
	}
}

func follow(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(os.Stdout, resp.Body)
	return err
}
