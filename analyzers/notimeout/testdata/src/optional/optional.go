// Package optional has clients that an option replaces.
package optional

import (
	"errors"
	"net/http"
	"time"
)

// syncer is made here alone, and never without the option: silent.
type syncer struct {
	client *http.Client
	name   string
}

type option func(*syncer)

func withClient(c *http.Client) option { return func(s *syncer) { s.client = c } }

func withName(name string) option { return func(s *syncer) { s.name = name } }

func newSyncer(options ...option) *syncer {
	s := &syncer{client: &http.Client{}}
	for _, o := range options {
		o(s)
	}
	return s
}

func (s *syncer) ping(url string) (*http.Response, error) { return s.client.Get(url) }

// Sync pings twice.
func Sync(url string) {
	newSyncer(withName("first"), withClient(&http.Client{Timeout: time.Second})).ping(url)
	newSyncer(withClient(&http.Client{Timeout: time.Minute})).ping(url)
}

// Fetcher is for others to make: they may always pass the option, as this package does.
type Fetcher struct{ client *http.Client }

// A FetchOption is one in an interface.
type FetchOption interface{ apply(*Fetcher) error }

type clientOption struct{ client *http.Client }

func (o clientOption) apply(f *Fetcher) error {
	if o.client == nil {
		return errors.New("no client")
	}
	f.client = o.client
	return nil
}

// WithClient is the option.
func WithClient(client *http.Client) FetchOption { return clientOption{client} }

// NewFetcher has a default.
func NewFetcher(options ...FetchOption) (*Fetcher, error) {
	f := &Fetcher{client: http.DefaultClient}
	for _, o := range options {
		if err := o.apply(f); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// Fetch has no deadline.
func (f *Fetcher) Fetch(url string) (*http.Response, error) { return f.client.Get(url) }

// Default passes one that has no timeout: that is the one to change.
func Default() (*Fetcher, error) {
	return NewFetcher(WithClient(&http.Client{})) // want "has no timeout"
}

// Sender is made without the option as well.
type Sender struct{ client *http.Client }

// A SendOption is a function.
type SendOption func(*Sender)

// SendBy is the option, unless it is given nothing.
func SendBy(client *http.Client) SendOption {
	return func(s *Sender) {
		if client != nil {
			s.client = client
		}
	}
}

// NewSender has a default.
func NewSender(options ...SendOption) *Sender {
	s := &Sender{client: &http.Client{}} // want "has no timeout"
	for _, o := range options {
		o(s)
	}
	return s
}

// Ping has no deadline.
func (s *Sender) Ping(url string) (*http.Response, error) { return s.client.Get(url) }

// Senders makes two of them.
func Senders() []*Sender {
	return []*Sender{NewSender(SendBy(&http.Client{Timeout: time.Second})), NewSender()}
}

// Wrapped is made by a constructor that passes on what it is given.
type Wrapped struct{ client *http.Client }

// A WrapOption is a function.
type WrapOption func(*Wrapped)

// WrapBy is the option.
func WrapBy(client *http.Client) WrapOption { return func(w *Wrapped) { w.client = client } }

// NewWrapped passes on its options.
func NewWrapped(options ...WrapOption) *Wrapped { return newWrapped(options...) }

func newWrapped(options ...WrapOption) *Wrapped {
	w := &Wrapped{client: &http.Client{}} // want "has no timeout"
	for _, o := range options {
		o(w)
	}
	return w
}

// Ping has no deadline.
func (w *Wrapped) Ping(url string) (*http.Response, error) { return w.client.Get(url) }

// Fickle has an option that sometimes does nothing.
type Fickle struct{ client *http.Client }

type fickleOption func(*Fickle)

func by(client *http.Client, always bool) fickleOption {
	return func(f *Fickle) {
		if always {
			f.client = client
		}
	}
}

func newFickle(options ...fickleOption) *Fickle {
	f := &Fickle{client: &http.Client{}} // want "has no timeout"
	for _, o := range options {
		o(f)
	}
	return f
}

// NewFickle passes it.
func NewFickle() *Fickle { return newFickle(by(&http.Client{Timeout: time.Second}, false)) }

// Ping has no deadline.
func (f *Fickle) Ping(url string) (*http.Response, error) { return f.client.Get(url) }

// Early asks before it is given anything.
type Early struct{ client *http.Client }

type earlyOption func(*Early)

func earlyBy(client *http.Client) earlyOption { return func(e *Early) { e.client = client } }

func newEarly(options ...earlyOption) *Early {
	e := &Early{client: &http.Client{}} // want "has no timeout"
	e.client.Get("http://a/")
	for _, o := range options {
		o(e)
	}
	return e
}

// NewEarly passes it.
func NewEarly() *Early { return newEarly(earlyBy(&http.Client{Timeout: time.Second})) }
