// Package percall makes breakers.
package percall

import (
	"net/http"

	"github.com/sony/gobreaker/v2"
)

func serve(w http.ResponseWriter, r *http.Request) {
	cb := gobreaker.NewCircuitBreaker[*http.Response](gobreaker.Settings{Name: "stock"}) // want `this circuit breaker lives for one call`
	resp, err := cb.Execute(func() (*http.Response, error) { return http.Get("https://stock.example.org") })
	if err == nil {
		resp.Body.Close()
	}
}

// A client keeps its breaker.
type client struct {
	cb *gobreaker.CircuitBreaker[*http.Response]
}

func newClient() *client {
	cb := gobreaker.NewCircuitBreaker[*http.Response](gobreaker.Settings{Name: "stock"})
	return &client{cb: cb}
}

func (c *client) get() (*http.Response, error) {
	return c.cb.Execute(func() (*http.Response, error) { return http.Get("https://stock.example.org") })
}

// middleware has one for all requests.
func middleware(next http.Handler) http.Handler {
	cb := gobreaker.NewCircuitBreaker[any](gobreaker.Settings{})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cb.Execute(func() (any, error) {
			next.ServeHTTP(w, r)
			return nil, nil
		})
	})
}

// work goes through it for each item.
func work(items []string) {
	cb := gobreaker.NewCircuitBreaker[*http.Response](gobreaker.Settings{})
	for _, item := range items {
		cb.Execute(func() (*http.Response, error) { return http.Get("https://stock.example.org/" + item) })
	}
}

var all = map[string]*gobreaker.CircuitBreaker[any]{}

// named keeps them by name.
func named(name string) *gobreaker.CircuitBreaker[any] {
	if cb := all[name]; cb != nil {
		return cb
	}
	cb := gobreaker.NewCircuitBreaker[any](gobreaker.Settings{Name: name})
	all[name] = cb
	return cb
}
