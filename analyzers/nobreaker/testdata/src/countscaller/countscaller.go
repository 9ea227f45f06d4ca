// Package countscaller has breakers that count what is not the dependency's fault.
package countscaller

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/sony/gobreaker/v2"
)

type stock struct {
	hc *http.Client
	cb *gobreaker.CircuitBreaker[*http.Response]
}

func newStock() *stock {
	return &stock{
		hc: &http.Client{},
		cb: gobreaker.NewCircuitBreaker[*http.Response](gobreaker.Settings{Name: "stock"}), // want `counts context.Canceled as a failure`
	}
}

func (s *stock) count(ctx context.Context) (*http.Response, error) {
	return s.cb.Execute(func() (*http.Response, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://stock.example.org", nil)
		if err != nil {
			return nil, err
		}
		return s.hc.Do(req)
	})
}

type prices struct {
	cb *gobreaker.CircuitBreaker[*http.Response]
}

func newPrices() *prices {
	return &prices{cb: gobreaker.NewCircuitBreaker[*http.Response](gobreaker.Settings{})} // want `counts 4xx as failures`
}

func (p *prices) get() (*http.Response, error) {
	return p.cb.Execute(func() (*http.Response, error) {
		resp, err := http.Get("https://prices.example.org")
		if err != nil {
			return nil, err
		}
		if resp.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("prices: %s", resp.Status)
		}
		return resp, nil
	})
}

// A careful one leaves them out, by its settings or by what goes through it.
type careful struct {
	excludes, tells, minds *gobreaker.CircuitBreaker[*http.Response]
}

func newCareful() *careful {
	return &careful{
		excludes: gobreaker.NewCircuitBreaker[*http.Response](gobreaker.Settings{IsExcluded: func(err error) bool { return errors.Is(err, context.Canceled) }}),
		tells:    gobreaker.NewCircuitBreaker[*http.Response](gobreaker.Settings{}),
		minds:    gobreaker.NewCircuitBreaker[*http.Response](gobreaker.Settings{}),
	}
}

func (c *careful) exclude(req *http.Request) (*http.Response, error) {
	return c.excludes.Execute(func() (*http.Response, error) { return http.DefaultClient.Do(req) })
}

func (c *careful) tell() (*http.Response, error) {
	return c.tells.Execute(func() (*http.Response, error) {
		resp, err := http.Get("https://careful.example.org")
		if err == nil && resp.StatusCode >= 500 {
			err = errors.New(resp.Status)
		}
		return resp, err
	})
}

func (c *careful) mind(req *http.Request) (resp *http.Response, err error) {
	return c.minds.Execute(func() (*http.Response, error) {
		resp, doErr := http.DefaultClient.Do(req)
		if errors.Is(doErr, context.Canceled) {
			err = doErr
			return nil, nil
		}
		return resp, doErr
	})
}
