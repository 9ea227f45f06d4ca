// Package brief asks others for a moment, and goes on without them.
package brief

import (
	"context"
	"errors"
	"log"
	"net/http"
	"time"
)

type limiter struct {
	hc  *http.Client
	url string
}

func newLimiter(url string) *limiter { return &limiter{&http.Client{}, url} }

func (l *limiter) allow(ctx context.Context, who string) bool {
	ctx, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, l.url+"/allow/"+who, nil)
	if err != nil {
		return false
	}
	resp, err := l.hc.Do(req)
	if err != nil {
		log.Print("nobody says no: ", err)
		return true
	}
	defer resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

func (l *limiter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !l.allow(r.Context(), r.FormValue("who")) {
		http.Error(w, "too many", http.StatusTooManyRequests)
	}
}

type pricer struct {
	hc  *http.Client
	url string
}

func newPricer(url string) *pricer {
	return &pricer{&http.Client{}, url} // want `nothing gives up on what is at pricer.url`
}

// price fails where the other one does.
func (p *pricer) price(ctx context.Context) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url, nil)
	if err != nil {
		return 0, err
	}
	resp, err := p.hc.Do(req)
	if err != nil {
		return 0, errors.New("no price")
	}
	return resp.StatusCode, resp.Body.Close()
}

func (p *pricer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if _, err := p.price(r.Context()); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

type adviser struct {
	hc  *http.Client
	url string
}

func newAdviser(url string) *adviser {
	return &adviser{&http.Client{}, url} // want `nothing gives up on what is at adviser.url`
}

// advice takes long where the other one does, and attempts it again.
func (a *adviser) advice(ctx context.Context) string {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.url, nil)
	if err != nil {
		return ""
	}
	resp, err := a.hc.Do(req)
	if err != nil {
		return "none"
	}
	resp.Body.Close()
	return resp.Status
}

func (a *adviser) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.advice(r.Context()) }
