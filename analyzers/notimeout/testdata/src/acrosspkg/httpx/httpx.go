// Package httpx makes clients and requests for its importers.
package httpx

import (
	"context"
	"net/http"
	"time"
)

// Client is for all: whether someone bounds it only the whole module shows.
var Client = &http.Client{}

func Bounded() *http.Client { return &http.Client{Timeout: time.Second} }

func Unbounded() *http.Client { return &http.Client{} }

func NewRequest(ctx context.Context, url string) (*http.Request, error) {
	return http.NewRequestWithContext(ctx, "GET", url, nil)
}

func Fetch(hc *http.Client, url string) error {
	_, err := hc.Get(url)
	return err
}

func SetTimeout(hc *http.Client) { hc.Timeout = time.Second }

type Config struct{ Client *http.Client }

type API struct{ hc *http.Client }

func New(cfg Config) *API { return &API{cfg.Client} }

func With(hc *http.Client) *API { return &API{hc} }

func (a *API) Get(url string) error {
	_, err := a.hc.Get(url)
	return err
}

func Send(req *http.Request) (*http.Response, error) {
	return sender.Do(req)
}

var sender = &http.Client{} // importers' requests have no deadline either, but that is theirs
