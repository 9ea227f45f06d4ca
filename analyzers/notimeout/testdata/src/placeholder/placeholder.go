// Package placeholder has clients that are there to be replaced before they are used.
package placeholder

import (
	"errors"
	"net/http"
	"net/url"
	"time"
)

// Bounded gets a client with a timeout: silent.
type Bounded struct {
	client *http.Client
}

// NewBounded has a placeholder.
func NewBounded() *Bounded { return &Bounded{client: &http.Client{}} }

// Configure replaces it.
func (b *Bounded) Configure(timeout time.Duration) { b.client = &http.Client{Timeout: timeout} }

// Send uses what is there.
func (b *Bounded) Send(req *http.Request) (*http.Response, error) { return b.client.Do(req) }

// Ping has no deadline.
func (b *Bounded) Ping(url string) (*http.Response, error) { return b.client.Get(url) }

// Unbounded gets one without: that is the one to change.
type Unbounded struct {
	client *http.Client
	proxy  string
}

// NewUnbounded has a placeholder: silent.
func NewUnbounded(proxy string) *Unbounded {
	return &Unbounded{client: http.DefaultClient, proxy: proxy}
}

// Init replaces it, unless it fails.
func (u *Unbounded) Init() error {
	if u.proxy == "" {
		return errors.New("no proxy")
	}
	proxy, err := url.Parse(u.proxy)
	if err != nil {
		return err
	}
	u.client = &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(proxy)}} // want "has no timeout"
	return nil
}

// Ping has no deadline.
func (u *Unbounded) Ping(url string) (*http.Response, error) { return u.client.Get(url) }

// A doer sends requests.
type doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Hidden keeps its client in an interface: silent.
type Hidden struct{ client doer }

// NewHidden has a placeholder.
func NewHidden() Hidden { return Hidden{client: &http.Client{}} }

// Setup replaces it.
func (h *Hidden) Setup() { h.client = &http.Client{Timeout: time.Second} }

// Ping has no deadline.
func (h *Hidden) Ping(url string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return h.client.Do(req)
}

// Lazy has one that stays, when there is one.
type Lazy struct{ client *http.Client }

// NewLazy makes it.
func NewLazy() *Lazy { return &Lazy{client: &http.Client{}} } // want "has no timeout"

// Refresh replaces it now and then.
func (l *Lazy) Refresh(stale bool) {
	if stale {
		l.client = &http.Client{Timeout: time.Second}
	}
}

// Renew does not if there is nothing to do, which is no error.
func (l *Lazy) Renew(stale bool) error {
	if !stale {
		return nil
	}
	l.client = &http.Client{Timeout: time.Second}
	return nil
}

// Ping has no deadline.
func (l *Lazy) Ping(url string) (*http.Response, error) { return l.client.Get(url) }

// Given may get one from its users, or none.
type Given struct{ client *http.Client }

// NewGiven makes the one that is used without.
func NewGiven() *Given { return &Given{client: &http.Client{}} } // want "has no timeout"

// Use replaces it.
func (g *Given) Use(client *http.Client) { g.client = client }

// Ping has no deadline.
func (g *Given) Ping(url string) (*http.Response, error) { return g.client.Get(url) }

// Optional has an option that replaces its client.
type Optional struct{ client *http.Client }

// An Option may be given or not.
type Option func(*Optional)

// Timeout is one.
func Timeout(d time.Duration) Option {
	return func(o *Optional) { o.client = &http.Client{Timeout: d} }
}

// NewOptional makes the one that is used without options.
func NewOptional(options ...Option) *Optional {
	o := &Optional{client: &http.Client{}} // want "has no timeout"
	for _, option := range options {
		option(o)
	}
	return o
}

// Ping has no deadline.
func (o *Optional) Ping(url string) (*http.Response, error) { return o.client.Get(url) }

// Eager does so through its field.
type Eager struct{ client *http.Client }

// NewEager asks before anybody has configured anything.
func NewEager(url string) (*Eager, error) {
	e := &Eager{client: &http.Client{}} // want "has no timeout"
	resp, err := e.client.Get(url)
	if err != nil {
		return nil, err
	}
	return e, resp.Body.Close()
}

// Configure replaces it.
func (e *Eager) Configure() { e.client = &http.Client{Timeout: time.Second} }

// Early uses its client in the constructor.
type Early struct{ client *http.Client }

// NewEarly asks before anybody has configured anything.
func NewEarly(url string) (*Early, error) {
	client := &http.Client{} // want "has no timeout"
	e := &Early{client: client}
	resp, err := client.Get(url)
	if err != nil {
		return nil, err
	}
	return e, resp.Body.Close()
}

// Configure replaces it.
func (e *Early) Configure() { e.client = &http.Client{Timeout: time.Second} }

// Ping has no deadline.
func (e *Early) Ping(url string) (*http.Response, error) { return e.client.Get(url) }
