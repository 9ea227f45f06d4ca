// Package embedded promotes the methods and fields of clients and servers.
package embedded

import (
	"net/http"
	"time"
)

// API embeds a pointer.
type API struct {
	*http.Client
	base string
}

// NewAPI builds what is embedded.
func NewAPI(base string) *API {
	return &API{Client: &http.Client{}, base: base} // want "has no timeout"
}

// Users calls the promoted method.
func (a *API) Users() (*http.Response, error) { return a.Get(a.base + "/users") }

// Groups names the embedded field.
func (a *API) Groups() (*http.Response, error) { return a.Client.Get(a.base + "/groups") }

// Probe embeds a value that nobody builds: the call is the place.
type Probe struct{ http.Client }

// Check calls the promoted method of the zero client.
func Check(url string) (*http.Response, error) {
	p := &Probe{}
	return p.Get(url) // want "has no timeout"
}

// Hook embeds a value that is built.
type Hook struct{ http.Client }

// NewHook writes the literal.
func NewHook() *Hook {
	return &Hook{Client: http.Client{}} // want "has no timeout"
}

// Fire calls the promoted method.
func (h *Hook) Fire(url string) (*http.Response, error) { return h.Post(url, "text/plain", nil) }

// Deep embeds the struct that embeds the client.
type Deep struct{ *inner }

type inner struct{ *http.Client }

// NewDeep builds all three.
func NewDeep() *Deep {
	return &Deep{&inner{&http.Client{}}} // want "has no timeout"
}

// Fetch calls the method that was promoted twice.
func (d *Deep) Fetch(url string) (*http.Response, error) { return d.Get(url) }

// Promoted sets the promoted field: silent.
type Promoted struct{ *http.Client }

// NewPromoted does not mention Client when it sets Timeout.
func NewPromoted(d time.Duration) *Promoted {
	p := &Promoted{Client: &http.Client{}}
	p.Timeout = d
	return p
}

// Fetch uses it.
func (p *Promoted) Fetch(url string) (*http.Response, error) { return p.Get(url) }

// Value sets the promoted field of an embedded value: silent.
type Value struct{ http.Client }

// FetchValue sets and uses it.
func FetchValue(url string) (*http.Response, error) {
	var v Value
	v.Timeout = 10 * time.Second
	return v.Get(url)
}

// Own has a Timeout of its own that hides the client's.
type Own struct {
	*http.Client
	Timeout time.Duration
}

// NewOwn sets the field that bounds nothing.
func NewOwn() *Own {
	o := &Own{Client: &http.Client{}} // want "has no timeout"
	o.Timeout = 10 * time.Second
	return o
}

// Fetch uses the client, whose Timeout is still 0.
func (o *Own) Fetch(url string) (*http.Response, error) { return o.Client.Get(url) }

// Admin embeds a server.
type Admin struct{ *http.Server }

// NewAdmin builds it.
func NewAdmin(h http.Handler) *Admin {
	return &Admin{&http.Server{Addr: ":9090", Handler: h}} // want "slowly"
}

// Start calls the promoted method.
func (a *Admin) Start() error { return a.ListenAndServe() }

// Public embeds a server and sets the promoted field: silent.
type Public struct{ http.Server }

// NewPublic sets it.
func NewPublic(h http.Handler) *Public {
	p := &Public{}
	p.Handler = h
	p.ReadHeaderTimeout = 5 * time.Second
	return p
}

// Start calls the promoted method.
func (p *Public) Start() error { return p.ListenAndServe() }
