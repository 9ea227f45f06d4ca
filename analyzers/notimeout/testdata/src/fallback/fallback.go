// Package fallback has clients that stand in for one that was not given.
package fallback

import (
	"errors"
	"net/http"
	"time"
)

// Bounded is always made with a client: nothing ever stands in for it.
type Bounded struct{ Client *http.Client }

// NewBounded sets it.
func NewBounded() *Bounded { return &Bounded{Client: &http.Client{Timeout: time.Second}} }

// Ping has no deadline.
func (b *Bounded) Ping(url string) (*http.Response, error) {
	c := b.Client
	if c == nil {
		c = &http.Client{}
	}
	return c.Get(url)
}

// Head begins with the one that stands in.
func (b *Bounded) Head(url string) (*http.Response, error) {
	c := http.DefaultClient
	if b.Client != nil {
		c = b.Client
	}
	return c.Head(url)
}

// client has two ways out.
func (b *Bounded) client() *http.Client {
	if b.Client != nil {
		return b.Client
	}
	return http.DefaultClient
}

// Get has no deadline.
func (b *Bounded) Get(url string) (*http.Response, error) { return b.client().Get(url) }

// Plain does without a client.
func (b *Bounded) Plain(url string) (*http.Response, error) {
	if b.Client == nil {
		return http.Get(url)
	}
	return b.Client.Get(url)
}

// Lazy fills in what is there already.
func (b *Bounded) Lazy(url string) (*http.Response, error) {
	if b.Client == nil {
		b.Client = &http.Client{}
	}
	return b.Client.Get(url)
}

// inner is set after it is made, unless that fails.
type inner struct {
	name   string
	client *http.Client
}

var shared = inner{client: &http.Client{Timeout: time.Minute}}

func newInner(name string) (*inner, error) {
	i := &inner{name: name}
	if name == "" {
		return nil, errors.New("no name")
	}
	i.client = timed(len(name))
	return i, nil
}

func timed(n int) *http.Client { return &http.Client{Timeout: time.Duration(n) * time.Second} }

func (i inner) ping(url string) (*http.Response, error) {
	client := i.client
	if client == nil {
		client = http.DefaultClient
	}
	return client.Get(url)
}

// Ping has no deadline.
func Ping(url string) (*http.Response, error) {
	i, err := newInner(url)
	if err != nil {
		return shared.ping(url)
	}
	return i.ping(url)
}

// Unmade is for others to make.
type Unmade struct{ Client *http.Client }

// Ping has no deadline.
func (u *Unmade) Ping(url string) (*http.Response, error) {
	c := u.Client
	if c == nil {
		c = &http.Client{} // want "has no timeout"
	}
	return c.Get(url)
}

// Given has what its users give it, which may be nothing.
type Given struct{ client *http.Client }

// NewGiven keeps it.
func NewGiven(client *http.Client) *Given { return &Given{client: client} }

// Ping has no deadline.
func (g *Given) Ping(url string) (*http.Response, error) {
	c := g.client
	if c == nil {
		c = &http.Client{} // want "has no timeout"
	}
	return c.Get(url)
}

// Sometimes is made in two ways.
type Sometimes struct{ client *http.Client }

// NewSometimes sets the client.
func NewSometimes() *Sometimes { return &Sometimes{client: &http.Client{Timeout: time.Second}} }

// ZeroSometimes does not.
func ZeroSometimes() *Sometimes { return &Sometimes{} }

// Ping has no deadline.
func (s *Sometimes) Ping(url string) (*http.Response, error) {
	if s.client == nil {
		s.client = &http.Client{} // want "has no timeout"
	}
	return s.client.Get(url)
}

// Reset loses its client.
type Reset struct{ client *http.Client }

// NewReset sets it.
func NewReset() *Reset { return &Reset{client: &http.Client{Timeout: time.Second}} }

// Close gives it up.
func (r *Reset) Close() { r.client = nil }

// Ping has no deadline.
func (r *Reset) Ping(url string) (*http.Response, error) {
	if r.client == nil {
		return http.Get(url) // want "http.Get has no timeout"
	}
	return r.client.Get(url)
}

// Cleared is overwritten as a whole.
type Cleared struct{ client *http.Client }

// NewCleared sets the client.
func NewCleared() *Cleared { return &Cleared{client: &http.Client{Timeout: time.Second}} }

// Clear forgets it.
func (c *Cleared) Clear() { *c = Cleared{} }

// Ping has no deadline.
func (c *Cleared) Ping(url string) (*http.Response, error) {
	client := c.client
	if client == nil {
		client = http.DefaultClient // want "http.DefaultClient has no timeout"
	}
	return client.Get(url)
}

// Part is a part of a whole, which leaves it alone.
type Part struct{ client *http.Client }

// Parts has some.
type Parts struct {
	first Part
	more  []Part
}

// NewPart sets the client.
func NewPart() Part { return Part{client: &http.Client{Timeout: time.Second}} }

// NewParts does not.
func NewParts() *Parts { return &Parts{more: []Part{NewPart()}} }

// Ping has no deadline.
func (p *Part) Ping(url string) (*http.Response, error) {
	client := p.client
	if client == nil {
		client = &http.Client{} // want "has no timeout"
	}
	return client.Get(url)
}

// Maybe is set under a condition.
type Maybe struct{ client *http.Client }

// NewMaybe sets the client if it is to be fast.
func NewMaybe(fast bool) *Maybe {
	m := &Maybe{}
	if fast {
		m.client = &http.Client{Timeout: time.Second}
	}
	return m
}

// Ping has no deadline.
func (m *Maybe) Ping(url string) (*http.Response, error) {
	client := m.client
	if client == nil {
		client = &http.Client{} // want "has no timeout"
	}
	return client.Get(url)
}

// Other checks another field.
type Other struct {
	client *http.Client
	name   *string
}

// NewOther sets the client.
func NewOther() *Other { return &Other{client: &http.Client{Timeout: time.Second}} }

// Ping has no deadline.
func (o *Other) Ping(url string) (*http.Response, error) {
	client := o.client
	if o.name == nil {
		client = &http.Client{} // want "has no timeout"
	}
	return client.Get(url)
}

type info struct{ ID string }

// bundle is a pointer that has a name.
type bundle *info

func name(b bundle, id string) { b.ID = id }
