// Package givesup gives up by what it keeps itself, beside other things.
package givesup

import (
	"errors"
	"net/http"
	"sync"
	"time"
)

var errOpen = errors.New("bridge is down")

type calls struct {
	mu       sync.Mutex
	failures int
	until    time.Time
}

type bridge struct {
	hc    *http.Client
	now   func() time.Time
	calls calls
	name  string
}

func newBridge() *bridge {
	return &bridge{hc: &http.Client{Timeout: time.Second}, now: time.Now}
}

func (b *bridge) allowed() error {
	b.calls.mu.Lock()
	defer b.calls.mu.Unlock()
	if b.now().Before(b.calls.until) {
		return errOpen
	}
	return nil
}

func (b *bridge) record(err error) {
	b.calls.mu.Lock()
	defer b.calls.mu.Unlock()
	if err == nil {
		b.calls.failures = 0
		return
	}
	if b.calls.failures++; b.calls.failures >= 3 {
		b.calls.until = b.now().Add(time.Minute)
	}
}

func (b *bridge) turn() error {
	if err := b.allowed(); err != nil {
		return err
	}
	resp, err := b.hc.Get("https://bridge.example.org/turn")
	b.record(err)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (b *bridge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := b.turn(); err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
	}
}

// visits only tells what has failed: nobody is kept from calling.
type visits struct {
	hc       *http.Client
	failures int
	until    time.Time
	a, b, c  string
}

func newVisits() *visits {
	return &visits{hc: &http.Client{Timeout: time.Second}} // want `nothing gives up on what is at visits.example.org`
}

func (v *visits) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	resp, err := v.hc.Get("https://visits.example.org")
	if err != nil {
		v.failures++
		return
	}
	resp.Body.Close()
}
