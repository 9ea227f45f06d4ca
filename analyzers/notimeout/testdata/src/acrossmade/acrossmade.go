// Package acrossmade uses clients that another package of the module makes, without a timeout: the place is there, and only the whole module shows it. Silent here.
package acrossmade

import (
	"context"
	"net/http"

	"acrossmade/pool"
)

func Constructed() {
	pool.New().Get("a")
	hc := pool.Wrapped(http.DefaultTransport)
	hc.Get("b")
}

func Variable() {
	pool.Client.Get("a")
	pool.Default.Client.Get("b")
	pool.Value.Get("c")
}

func Field(p *pool.Pool) { p.HTTP.Get("a") }

func Method(p *pool.Pool) { p.Next().Get("a") }

func Embedded(p *pool.Named) { p.Get("a") }

func Handed() { _ = pool.Send(pool.New(), "a") }

func Requested() {
	req, _ := http.NewRequestWithContext(context.Background(), http.MethodGet, "a", nil)
	pool.New().Do(req)
}

// Set bounds one of them for everybody.
func Set() {
	pool.Late.Timeout = 1e9
	pool.Late.Get("a")
}
