// Package unprotectedonce calls five services from many places: that is five findings.
package unprotectedonce

import (
	"context"
	"io"
	"net/http"
	"time"
)

type config struct{ StockURL, PriceURL string }

type api struct {
	cfg    config
	client *http.Client
}

type stockAPI struct{ *api }

func newAPI(cfg config) *stockAPI {
	return &stockAPI{&api{cfg: cfg, client: &http.Client{Timeout: time.Second}}} // want `config.StockURL`
}

func (a *api) send(ctx context.Context, method, path string, body io.Reader) error {
	req, err := http.NewRequestWithContext(ctx, method, a.cfg.StockURL+path, body)
	if err != nil {
		return err
	}
	resp, err := a.client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (a *stockAPI) list(ctx context.Context) error { return a.send(ctx, http.MethodGet, "/items", nil) }
func (a *stockAPI) reserve(ctx context.Context) error {
	return a.send(ctx, http.MethodPost, "/items", nil)
}
func (a *stockAPI) release(ctx context.Context) error {
	return a.send(ctx, http.MethodDelete, "/items", nil)
}

func (a *stockAPI) serveList(w http.ResponseWriter, r *http.Request)    { a.list(r.Context()) }
func (a *stockAPI) serveReserve(w http.ResponseWriter, r *http.Request) { a.reserve(r.Context()) }
func (a *stockAPI) serveRelease(w http.ResponseWriter, r *http.Request) { a.release(r.Context()) }

// prices makes a client for each call, of the same service.
func prices(cfg *config) error {
	client := &http.Client{Timeout: time.Second} // want `config.PriceURL`
	_, err := client.Get(cfg.PriceURL + "/prices")
	return err
}

func price(cfg *config) error {
	client := &http.Client{Timeout: time.Second}
	_, err := client.Get(cfg.PriceURL + "/price")
	return err
}

func servePrices(cfg *config) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		prices(cfg)
		price(cfg)
	}
}

// Three more, each called twice by http.DefaultClient.
func mails(w http.ResponseWriter, r *http.Request) {
	http.Get("https://mail.example.org/a") // want `mail.example.org`
	http.Get("https://mail.example.org/b")
}

func maps(w http.ResponseWriter, r *http.Request) {
	http.Get("https://maps.example.org/a") // want `maps.example.org`
	http.DefaultClient.Get("https://maps.example.org/b")
}

func taxes(w http.ResponseWriter, r *http.Request) {
	http.Get("https://tax.example.org/a") // want `tax.example.org`
	http.Get("https://tax.example.org/b")
}
