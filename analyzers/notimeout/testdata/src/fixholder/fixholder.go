// Package fixholder has clients that are fields of what is made.
package fixholder

import (
	"net/http"
	"time"
)

type api struct {
	url    string
	client http.Client
}

// New leaves the client as it is.
func New(url string) *api {
	return &api{url: url}
}

func (a *api) Get() error {
	resp, err := a.client.Get(a.url) // want "this http.Client has no timeout"
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

type twice struct {
	client http.Client
	url    string
}

// One and Two make it in two places: no edit.
func One(url string) *twice { return &twice{url: url} }
func Two() *twice           { return &twice{} }

func (t *twice) Get() error {
	resp, err := t.client.Get(t.url) // want "this http.Client has no timeout"
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

type blank struct {
	client http.Client
	url    string
}

// Blank is made as a variable, too: no edit.
func Blank(url string) *blank {
	if url != "" {
		return &blank{url: url}
	}
	var b blank
	return &b
}

func (b *blank) Fetch() error {
	resp, err := b.client.Get(b.url) // want "this http.Client has no timeout"
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

type timed struct {
	client http.Client
}

// Timed sets it: silent.
func Timed() *timed { return &timed{client: http.Client{Timeout: time.Minute}} }

func (t *timed) Get(url string) error {
	resp, err := t.client.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
