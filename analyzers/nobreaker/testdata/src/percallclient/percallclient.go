// Package percallclient makes a client for each call: a breaker around that would never open.
package percallclient

import (
	"net/http"
	"time"
)

func pay(w http.ResponseWriter, r *http.Request) {
	client := &http.Client{Timeout: time.Second} // want `until this service can do nothing else; make it once, outside of the function that calls it, and wrap its transport`
	if resp, err := client.Get("https://pay.example.org/"); err == nil {
		resp.Body.Close()
	}
}

type shop struct{ hc *http.Client }

func newShop() *shop {
	return &shop{&http.Client{Timeout: time.Second}} // want `until this service can do nothing else; wrap its transport`
}

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if resp, err := s.hc.Get("https://shop.example.org/"); err == nil {
		resp.Body.Close()
	}
}
