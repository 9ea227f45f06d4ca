// Package clientopts has options, builders, accessors and lazy construction.
package clientopts

import (
	"net/http"
	"sync"
	"time"
)

// Client is configured with WithTimeout, so its default is bounded by whoever wants it: silent.
type Client struct {
	base string
	hc   *http.Client
}

// Option configures a Client.
type Option func(*Client)

// WithTimeout reaches the client through the struct.
func WithTimeout(d time.Duration) Option {
	return func(c *Client) { c.hc.Timeout = d }
}

// New applies the options.
func New(base string, opts ...Option) *Client {
	c := &Client{base: base, hc: &http.Client{}}
	for _, o := range opts {
		o(c)
	}
	return c
}

// Get uses it.
func (c *Client) Get(path string) (*http.Response, error) { return c.hc.Get(c.base + path) }

// Archive has options too, but none of them bounds the client.
type Archive struct {
	agent   string
	timeout time.Duration
	hc      *http.Client
}

// ArchiveOption configures an Archive.
type ArchiveOption func(*Archive)

// WithAgent sets a header.
func WithAgent(agent string) ArchiveOption { return func(a *Archive) { a.agent = agent } }

// WithArchiveTimeout keeps a number that never gets to the client.
func WithArchiveTimeout(d time.Duration) ArchiveOption {
	return func(a *Archive) { a.timeout = d }
}

// NewArchive has a field called timeout and a client without one: the field is unexported, so nobody else can set it.
func NewArchive(opts ...ArchiveOption) *Archive {
	a := &Archive{timeout: 30 * time.Second, hc: &http.Client{}} // want "has no timeout"
	for _, o := range opts {
		o(a)
	}
	return a
}

// Get uses it.
func (a *Archive) Get(url string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", a.agent)
	return a.hc.Do(req)
}

// Ledger can be given another client, but has an unbounded one when nobody does.
type Ledger struct{ hc *http.Client }

// WithLedgerClient replaces the client.
func WithLedgerClient(hc *http.Client) func(*Ledger) {
	return func(l *Ledger) { l.hc = hc }
}

// NewLedger builds the default: that is the place.
func NewLedger(opts ...func(*Ledger)) *Ledger {
	l := &Ledger{
		hc: &http.Client{}, // want "has no timeout"
	}
	for _, o := range opts {
		o(l)
	}
	return l
}

// Book uses it.
func (l *Ledger) Book(url string) (*http.Response, error) { return l.hc.Get(url) }

// Balance does not replace it.
func Balance(url string) (*http.Response, error) { return NewLedger().Book(url) }

// HTTPOption changes a client directly.
type HTTPOption func(*http.Client)

// Open applies functions that nobody can see to the client: silent.
func Open(url string, opts ...HTTPOption) (*http.Response, error) {
	c := &http.Client{}
	for _, o := range opts {
		o(c)
	}
	return c.Get(url)
}

// Builder collects a request; its Do is not net/http's.
type Builder struct {
	url     string
	timeout time.Duration
}

// NewBuilder starts one.
func NewBuilder(url string) *Builder { return &Builder{url: url, timeout: 20 * time.Second} }

// WithTimeout is a chained setter.
func (b *Builder) WithTimeout(d time.Duration) *Builder {
	b.timeout = d
	return b
}

// Do constructs a bounded client.
func (b *Builder) Do() (*http.Response, error) {
	c := &http.Client{Timeout: b.timeout}
	return c.Get(b.url)
}

// Build uses the builder: nothing to report.
func Build(url string) (*http.Response, error) {
	return NewBuilder(url).WithTimeout(5 * time.Second).Do()
}

// RawBuilder has the same form without a bound.
type RawBuilder struct{ url string }

// Do is where the client is constructed.
func (b *RawBuilder) Do() (*http.Response, error) {
	c := &http.Client{} // want "has no timeout"
	return c.Get(b.url)
}

// Lazy constructs on first use, bounded.
type Lazy struct {
	timeout time.Duration
	hc      *http.Client
}

func (l *Lazy) client() *http.Client {
	if l.hc == nil {
		l.hc = &http.Client{Timeout: l.timeout}
	}
	return l.hc
}

// Get uses the accessor: silent.
func (l *Lazy) Get(url string) (*http.Response, error) { return l.client().Get(url) }

// LazyRaw constructs on first use, unbounded.
type LazyRaw struct{ hc *http.Client }

func (l *LazyRaw) client() *http.Client {
	if l.hc == nil {
		l.hc = &http.Client{} // want "has no timeout"
	}
	return l.hc
}

// Get uses the accessor.
func (l *LazyRaw) Get(url string) (*http.Response, error) { return l.client().Get(url) }

var (
	once   sync.Once
	cached *http.Client

	rawOnce   sync.Once
	rawCached *http.Client
)

func httpClient() *http.Client {
	once.Do(func() { cached = &http.Client{Timeout: time.Minute} })
	return cached
}

func rawClient() *http.Client {
	rawOnce.Do(func() {
		rawCached = &http.Client{} // want "has no timeout"
	})
	return rawCached
}

// Cached goes through a singleton accessor: silent.
func Cached(url string) (*http.Response, error) { return httpClient().Get(url) }

// RawCached goes through a singleton that sync.Once constructs without a bound.
func RawCached(url string) (*http.Response, error) { return rawClient().Get(url) }

// Made calls an unexported constructor whose result its caller bounds: silent.
func Made(url string) (*http.Response, error) {
	c := bare()
	c.Timeout = 10 * time.Second
	return c.Get(url)
}

func bare() *http.Client { return &http.Client{} }

// MadeRaw calls one whose result nobody bounds; the construction is the place.
func MadeRaw(url string) (*http.Response, error) { return plain().Get(url) }

func plain() *http.Client {
	return &http.Client{} // want "has no timeout"
}
