// Package clientfield constructs in this file and calls in calls.go.
package clientfield

import (
	"net/http"
	"time"
)

// API is the common shape: a literal in the constructor, several methods elsewhere.
type API struct {
	base string
	hc   *http.Client
}

// NewAPI is where the change has to be made; one finding for all methods.
func NewAPI(base string) *API {
	return &API{base: base, hc: &http.Client{}} // want "has no timeout"
}

// Catalog is filled field by field.
type Catalog struct {
	base   string
	client *http.Client
}

// NewCatalog assigns the field after the struct exists.
func NewCatalog(base string) *Catalog {
	c := &Catalog{}
	c.base = base
	c.client = &http.Client{} // want "has no timeout"
	return c
}

// Billing keeps the default client.
type Billing struct{ client *http.Client }

// NewBilling stores http.DefaultClient: the line that stores it is the place, not each Do.
func NewBilling() *Billing {
	return &Billing{
		client: http.DefaultClient, // want "has no timeout"
	}
}

// Search takes a client and has a default.
type Search struct{ hc *http.Client }

// NewSearch falls back to the default client when nil: the default is the place.
func NewSearch(hc *http.Client) *Search {
	if hc == nil {
		hc = http.DefaultClient // want "has no timeout"
	}
	return &Search{hc: hc}
}

// Options is what NewOrders takes.
type Options struct{ HTTPClient *http.Client }

// Orders keeps its options.
type Orders struct{ opts Options }

// NewOrders fills an option that was left out.
func NewOrders(opts Options) *Orders {
	if opts.HTTPClient == nil {
		opts.HTTPClient = &http.Client{} // want "has no timeout"
	}
	return &Orders{opts: opts}
}

// Probe has a client value that nobody constructs.
type Probe struct {
	url    string
	client http.Client
}

// NewProbe leaves the field at zero: there is no construction, so the call in calls.go is the place.
func NewProbe(url string) *Probe { return &Probe{url: url} }

// Mailer has a client value that is constructed.
type Mailer struct{ client http.Client }

// NewMailer writes the value field's literal.
func NewMailer() *Mailer {
	return &Mailer{client: http.Client{}} // want "has no timeout"
}

// Doer is what Bot needs from a client.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Bot calls through an interface.
type Bot struct {
	token string
	doer  Doer
}

// NewBot stores the interface's default implementation: that is the place, not the call through the interface.
func NewBot(token string) *Bot {
	return &Bot{token: token, doer: &http.Client{}} // want "has no timeout"
}

// NewBotWith takes any Doer; what it does is unknown.
func NewBotWith(token string, d Doer) *Bot {
	return &Bot{token: token, doer: d}
}

// Relay calls through an interface whose implementation nobody here knows.
type Relay struct{ doer Doer }

// NewRelay takes any Doer: silent.
func NewRelay(d Doer) *Relay { return &Relay{doer: d} }

type link struct{ http *http.Client }

// Nested keeps the client two fields deep.
type Nested struct{ link link }

// NewNested writes the inner struct's literal.
func NewNested() *Nested {
	return &Nested{link: link{http: new(http.Client)}} // want "has no timeout"
}

// Ping is a struct passed around by value.
type Ping struct{ client *http.Client }

// NewPing returns the struct by value.
func NewPing() Ping {
	return Ping{client: &http.Client{}} // want "has no timeout"
}

// feed is a package-level instance.
var feed = &reader{client: &http.Client{}} // want "has no timeout"

type reader struct{ client *http.Client }

// hub is assigned by init.
var hub *http.Client

func init() {
	hub = &http.Client{} // want "has no timeout"
}

// Watch gets its client when it starts.
type Watch struct{ client *http.Client }

// Start is not a constructor, but constructs.
func (w *Watch) Start() {
	w.client = new(http.Client) // want "has no timeout"
}

type geo struct{ hc *http.Client }

// NewGeo hands the literal to an unexported constructor: the literal is the place.
func NewGeo() *geo {
	return newGeo(&http.Client{}) // want "has no timeout"
}

func newGeo(hc *http.Client) *geo { return &geo{hc: hc} }

// Twin has a bounded and an unbounded constructor for the same field.
type Twin struct{ hc *http.Client }

// NewTwin is fine.
func NewTwin(timeout time.Duration) *Twin {
	return &Twin{hc: &http.Client{Timeout: timeout}}
}

// NewBulkTwin is not, and only this one is reported.
func NewBulkTwin() *Twin {
	return &Twin{hc: &http.Client{}} // want "has no timeout"
}

// Lookup falls back inside an accessor.
type Lookup struct{ hc *http.Client }

func (l *Lookup) client() *http.Client {
	if l.hc != nil {
		return l.hc
	}
	return http.DefaultClient // want "has no timeout"
}

// Notifier hides its type behind an interface.
type Notifier interface{ Notify(text string) error }

type hook struct {
	url string
	hc  *http.Client
}

// NewNotifier returns the interface; the only implementation is in calls.go.
func NewNotifier(url string) Notifier {
	return &hook{url, &http.Client{}} // want "has no timeout"
}

// Idle has a client that no method calls: silent.
type Idle struct{ hc *http.Client }

// NewIdle stores a client nobody uses.
func NewIdle() *Idle { return &Idle{hc: &http.Client{}} }

// HTTP gives it away: what happens to it is unknown.
func (i *Idle) HTTP() *http.Client { return i.hc }
