// Package fixclient has the forms of a construction that a Timeout can be added to.
package fixclient

import (
	"net/http"
	"time"
)

var started = time.Now()

// shared is a package variable.
var shared = &http.Client{} // want "has no timeout"

// Shared uses it.
func Shared(url string) (*http.Response, error) { return shared.Get(url) }

// MultiLine ends in a comma.
func MultiLine(url string) (*http.Response, error) {
	tr := &http.Transport{MaxConnsPerHost: 4}
	c := &http.Client{ // want "has no timeout"
		Transport:     tr,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c.Get(url)
}

// HalfLine has its last field and the brace on one line.
func HalfLine(url string, jar http.CookieJar) (*http.Response, error) {
	c := &http.Client{Jar: jar, // want "has no timeout"
		Transport: http.DefaultTransport}
	return c.Get(url)
}

// Commented has comments where the field will go.
func Commented(url string) (*http.Response, error) {
	c := &http.Client{ // want "has no timeout"
		Transport: http.DefaultTransport, // the shared pool
		// Jar: no cookies here
	}
	return c.Get(url)
}

// OnlyComment has an empty literal that is not empty.
func OnlyComment(url string) (*http.Response, error) {
	c := &http.Client{ // want "has no timeout"
		// defaults are fine
	}
	return c.Get(url)
}

// New has to become a literal.
func New(url string) (*http.Response, error) {
	c := new(http.Client) // want "has no timeout"
	return c.Get(url)
}

// Var has to become a literal, too.
func Var(url string) (*http.Response, error) {
	var c http.Client // want "has no timeout"
	return c.Get(url)
}

// VarPair declares two at once and uses both; one line, two causes.
func VarPair(url string) error {
	var a, b http.Client // want "has no timeout" "has no timeout"
	if _, err := a.Get(url); err != nil {
		return err
	}
	_, err := b.Get(url)
	return err
}

// Inline is called where it is built.
func Inline(url string) (*http.Response, error) {
	return (&http.Client{}).Get(url) // want "has no timeout"
}

// API has the literal as a field of another literal.
type API struct {
	base string
	hc   *http.Client
}

// NewAPI builds both on one line.
func NewAPI(base string) *API { return &API{base, &http.Client{}} } // want "has no timeout"

// Get uses it.
func (a *API) Get(path string) (*http.Response, error) { return a.hc.Get(a.base + path) }

// Explicit says 0: the value is replaced.
func Explicit(url string) (*http.Response, error) {
	c := &http.Client{
		Timeout: 0, // want "means no timeout"
	}
	return c.Get(url)
}

// Unkeyed cannot take a keyed field; the last value is the Timeout.
func Unkeyed(url string) (*http.Response, error) {
	c := &http.Client{nil, nil, nil, 0} // want "means no timeout"
	return c.Get(url)
}

// Partial must not get a Timeout that cuts its download: what it lacks is a bound on the body.
func Partial(url string) (*http.Response, error) {
	c := &http.Client{Transport: &http.Transport{ResponseHeaderTimeout: time.Second}} // want "response body"
	return c.Get(url)
}
