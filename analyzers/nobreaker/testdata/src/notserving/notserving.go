// Package notserving calls others, but not for those who wait, or not one service.
package notserving

import (
	"context"
	"net/http"
	"time"
)

var hc = &http.Client{Timeout: time.Second}

// A job is nobody's request.
func job(ctx context.Context) error {
	_, err := hc.Get("https://reports.example.org")
	return err
}

// audit goes on when the request has been answered.
func audit(w http.ResponseWriter, r *http.Request) {
	go func() {
		client := &http.Client{}
		client.Get("https://audit.example.org")
	}()
	w.WriteHeader(http.StatusAccepted)
}

// later hands the work to what runs it at another time.
func later(w http.ResponseWriter, r *http.Request) {
	time.AfterFunc(time.Minute, func() {
		client := &http.Client{}
		client.Get("https://later.example.org")
	})
}

type hook struct {
	ID  string
	URL string
}

type hooks struct {
	all    []hook
	client *http.Client
}

func newHooks() *hooks { return &hooks{client: &http.Client{Timeout: time.Second}} }

// serve calls whom users have told it to.
func (h *hooks) serve(w http.ResponseWriter, r *http.Request) {
	for _, hook := range h.all {
		h.client.Post(hook.URL, "application/json", nil)
	}
	h.client.Get(r.FormValue("url"))
}

type sender struct{ client *http.Client }

func (s *sender) deliver(to *hook) error {
	_, err := s.client.Post(to.URL, "application/json", nil)
	return err
}

func newSender() *sender { return &sender{client: &http.Client{}} }

func (s *sender) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.deliver(&hook{URL: r.FormValue("to")})
}

// itself asks the machine that it runs on.
func itself(w http.ResponseWriter, r *http.Request) {
	http.Get("http://localhost:9090/metrics")
}
