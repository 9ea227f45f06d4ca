// Package checked asks others how they are.
package checked

import (
	"context"
	"net/http"
	"time"
)

type management struct {
	base string
	hc   *http.Client
}

func newManagement(base string) *management {
	return &management{base: base, hc: &http.Client{Timeout: time.Second}}
}

func (m *management) accounts(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, m.base+"/accounts", nil)
	if err != nil {
		return err
	}
	resp, err := m.hc.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// A healthChecker looks at services, in the background, and when it is told to.
type healthChecker struct{ bases []string }

func (c *healthChecker) run(ctx context.Context) {
	for range time.Tick(time.Minute) {
		c.look(ctx)
	}
}

func (c *healthChecker) look(ctx context.Context) {
	for _, base := range c.bases {
		newManagement(base).accounts(ctx)
	}
}

type admin struct{ checker *healthChecker }

// refresh looks at once.
func (a *admin) refresh(w http.ResponseWriter, r *http.Request) { a.checker.look(r.Context()) }

// list asks for who waits.
func (a *admin) list(w http.ResponseWriter, r *http.Request) {
	hc := &http.Client{Timeout: time.Second} // want `nothing gives up on what is at accounts.example.org`
	if resp, err := hc.Get("https://accounts.example.org/all"); err == nil {
		resp.Body.Close()
	}
}
