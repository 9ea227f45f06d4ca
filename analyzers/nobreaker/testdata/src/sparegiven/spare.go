// Package sparegiven has clients for when none is passed.
package sparegiven

import (
	"net/http"
	"time"
)

const base = "https://diffs.example.org"

// lines is always given a client.
func lines(hc *http.Client, id string) error {
	if hc == nil {
		hc = &http.Client{Timeout: time.Minute}
	}
	resp, err := hc.Get(base + "/lines/" + id)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// words is not.
func words(hc *http.Client, id string) error {
	if hc == nil {
		hc = &http.Client{Timeout: time.Minute} // want `nothing gives up on what is at words.example.org`
	}
	resp, err := hc.Get("https://words.example.org/" + id)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

type poster struct{ hc *http.Client }

func newPoster() *poster {
	return &poster{hc: &http.Client{Timeout: time.Second}} // want `nothing gives up on what is at diffs.example.org`
}

func (p *poster) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := lines(p.hc, r.FormValue("id")); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
	if err := words(nil, r.FormValue("id")); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

type editor struct{ hc *http.Client }

func newEditor() *editor { return &editor{hc: &http.Client{Timeout: time.Second}} }

func (e *editor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := words(e.hc, r.FormValue("id")); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

// A repo is what a request is about.
type repo struct{ scheme, host string }

func (r repo) base() string { return r.scheme + "://" + r.host }

func (r repo) api() string { return r.base() + "/api" }

type creator struct{ hc *http.Client }

func newCreator() *creator { return &creator{hc: &http.Client{Timeout: time.Second}} }

func (c *creator) create(of *repo) error {
	resp, err := c.hc.Get(of.api() + "/pulls")
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (c *creator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.create(&repo{"https", r.FormValue("host")})
}
