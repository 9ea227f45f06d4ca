package nojitter

import (
	"context"
	"net/http"
	"time"
)

// A Sender makes as many attempts as its constructor says, and nobody says otherwise: they are few.
type Sender struct {
	attempts int
	client   *http.Client
}

// NewSender says it.
func NewSender() *Sender {
	return &Sender{attempts: 3, client: &http.Client{Timeout: time.Second}}
}

func (s *Sender) Send(ctx context.Context, url string) error {
	for attempt := 0; attempt < s.attempts; attempt++ {
		resp, err := s.client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		if err := pause(ctx, 200*time.Millisecond<<attempt); err != nil {
			return err
		}
	}
	return errGaveUp
}

// A Persistent makes ten.
type Persistent struct {
	attempts int
	client   *http.Client
}

func NewPersistent() *Persistent {
	return &Persistent{attempts: 10, client: &http.Client{Timeout: time.Second}}
}

func (s *Persistent) Send(ctx context.Context, url string) error {
	for attempt := 0; attempt < s.attempts; attempt++ { // want `wait equally long`
		resp, err := s.client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		if err := pause(ctx, 200*time.Millisecond<<attempt); err != nil {
			return err
		}
	}
	return errGaveUp
}

// A Configured makes as many as somebody likes.
type Configured struct {
	attempts int
	client   *http.Client
}

func NewConfigured() *Configured {
	return &Configured{attempts: 3, client: &http.Client{Timeout: time.Second}}
}

func (s *Configured) SetAttempts(n int) { s.attempts = n }

func (s *Configured) Send(ctx context.Context, url string) error {
	for attempt := 0; attempt < s.attempts; attempt++ { // want `wait equally long`
		resp, err := s.client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		if err := pause(ctx, 200*time.Millisecond<<attempt); err != nil {
			return err
		}
	}
	return errGaveUp
}

// An Open one has a field that every package can set.
type Open struct {
	Attempts int
	client   *http.Client
}

func NewOpen() *Open {
	return &Open{Attempts: 3, client: &http.Client{Timeout: time.Second}}
}

func (s *Open) Send(ctx context.Context, url string) error {
	for attempt := 0; attempt < s.Attempts; attempt++ { // want `wait equally long`
		resp, err := s.client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		if err := pause(ctx, 200*time.Millisecond<<attempt); err != nil {
			return err
		}
	}
	return errGaveUp
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// An All makes few, for all addresses side by side.
type All struct {
	attempts int
	client   *http.Client
}

func NewAll() *All {
	return &All{attempts: 3, client: &http.Client{Timeout: time.Second}}
}

func (s *All) Send(ctx context.Context, urls []string) {
	for _, url := range urls {
		go s.send(ctx, url)
	}
}

func (s *All) send(ctx context.Context, url string) error {
	for attempt := 0; attempt < s.attempts; attempt++ { // want `wait equally long`
		resp, err := s.client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		if err := pause(ctx, 200*time.Millisecond<<attempt); err != nil {
			return err
		}
	}
	return errGaveUp
}
