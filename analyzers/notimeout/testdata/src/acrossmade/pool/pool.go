// Package pool makes clients for its importers, who may give them a timeout: silent.
package pool

import "net/http"

func New() *http.Client { return &http.Client{} }

func Wrapped(next http.RoundTripper) *http.Client { return &http.Client{Transport: next} }

var Client = &http.Client{}

var Late = &http.Client{}

var Value http.Client

var Default = &Pool{Client: &http.Client{}, HTTP: &http.Client{}}

type Pool struct {
	Client *http.Client
	HTTP   *http.Client
	next   *http.Client
}

func (p *Pool) Next() *http.Client {
	if p.next == nil {
		p.next = &http.Client{}
	}
	return p.next
}

type Named struct {
	*http.Client
	Name string
}

func Send(hc *http.Client, url string) error {
	_, err := hc.Get(url)
	return err
}
