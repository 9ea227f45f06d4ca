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

// A Configured makes three, until somebody says another number.
type Configured struct {
	attempts int
	client   *http.Client
}

func NewConfigured() *Configured {
	return &Configured{attempts: 3, client: &http.Client{Timeout: time.Second}}
}

func (s *Configured) SetAttempts(n int) { s.attempts = n }

func (s *Configured) Send(ctx context.Context, url string) error {
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

// An Open one has a field that every package can set. It makes three where none does.
type Open struct {
	Attempts int
	client   *http.Client
}

func NewOpen() *Open {
	return &Open{Attempts: 3, client: &http.Client{Timeout: time.Second}}
}

func (s *Open) Send(ctx context.Context, url string) error {
	for attempt := 0; attempt < s.Attempts; attempt++ {
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

// Options are what somebody may say.
type Options struct {
	Retries int
	Client  *http.Client
}

// A Defaulted makes four attempts where nobody says another number.
type Defaulted struct{ options Options }

func NewDefaulted(options Options) *Defaulted {
	if options.Retries == 0 {
		options.Retries = 3
	}
	return &Defaulted{options}
}

func (s *Defaulted) Send(ctx context.Context, url string) error {
	for attempt := 0; attempt <= s.options.Retries; attempt++ {
		resp, err := s.options.Client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		if err := pause(ctx, 200*time.Millisecond<<attempt); err != nil {
			return err
		}
	}
	return errGaveUp
}

// Limits are what somebody may say, of which there are none here.
type Limits struct{ Tries int }

// An Unsaid makes as many as somebody says.
type Unsaid struct {
	limits Limits
	client *http.Client
}

func NewUnsaid(limits Limits) *Unsaid {
	return &Unsaid{limits: limits, client: &http.Client{Timeout: time.Second}}
}

func (s *Unsaid) Send(ctx context.Context, url string) error {
	for attempt := 0; attempt < s.limits.Tries; attempt++ { // want `wait equally long`
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

// Seldom makes the first attempt at once, and the others half a minute apart and more.
func Seldom(ctx context.Context, client *http.Client, urls []string) {
	for _, url := range urls {
		go deliver(ctx, client, url)
	}
}

func deliver(ctx context.Context, client *http.Client, url string) {
	for _, delay := range []time.Duration{0, 30 * time.Second, 5 * time.Minute} {
		if delay > 0 {
			select {
			case <-ctx.Done():
				return
			case <-time.After(delay):
			}
		}
		resp, err := client.Get(url)
		if err == nil {
			resp.Body.Close()
			return
		}
	}
}

// Often makes them sooner.
func Often(ctx context.Context, client *http.Client, urls []string) {
	for _, url := range urls {
		go insist(ctx, client, url)
	}
}

func insist(ctx context.Context, client *http.Client, url string) {
	for _, delay := range []time.Duration{0, time.Second, 3 * time.Second} { // want `wait equally long`
		if delay > 0 {
			select {
			case <-ctx.Done():
				return
			case <-time.After(delay):
			}
		}
		resp, err := client.Get(url)
		if err == nil {
			resp.Body.Close()
			return
		}
	}
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// An All makes many, for all addresses side by side.
type All struct {
	attempts int
	client   *http.Client
}

func NewAll() *All {
	return &All{attempts: 6, client: &http.Client{Timeout: time.Second}}
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

// Settings are what is said of a Courier; what is not said has a default.
type Settings struct {
	Retries int
	Backoff time.Duration
}

func (s Settings) orDefault() Settings {
	if s.Retries < 0 {
		s.Retries = 2
	}
	if s.Backoff <= 0 {
		s.Backoff = 2 * time.Second
	}
	return s
}

// A Courier makes two attempts more than the first.
type Courier struct{ settings Settings }

func NewCourier(s Settings) *Courier { return &Courier{settings: s.orDefault()} }

func (c *Courier) Send(ctx context.Context, url string) error {
	attempts := c.settings.Retries + 1
	for attempt := 0; attempt < attempts; attempt++ {
		if attempt > 0 {
			if err := pause(ctx, c.settings.Backoff<<(attempt-1)); err != nil {
				return err
			}
		}
		resp, err := http.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
	}
	return errGaveUp
}

// A Quiet makes none, until somebody says how many.
type Quiet struct {
	retries int
	client  *http.Client
}

func NewQuiet() *Quiet { return &Quiet{retries: 0, client: &http.Client{Timeout: time.Second}} }

func (q *Quiet) SetRetries(n int) { q.retries = n }

func (q *Quiet) Send(ctx context.Context, url string) error {
	for attempt := 0; attempt <= q.retries; attempt++ {
		if attempt > 0 {
			if err := pause(ctx, time.Duration(attempt*attempt)*100*time.Millisecond); err != nil {
				return err
			}
		}
		resp, err := q.client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
	}
	return errGaveUp
}
