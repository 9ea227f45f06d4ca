package makers

import (
	"context"
	"net/http"
	"time"

	"github.com/go-resty/resty/v2"
)

// Rest has no timeout and no context.
func Rest(url string) (*resty.Response, error) {
	c := resty.New() // want "has no timeout"
	return c.R().Get(url)
}

// Shop keeps its client in a field.
type Shop struct{ rest *resty.Client }

// NewShop configures everything but a timeout, in a chain.
func NewShop(base string) *Shop {
	return &Shop{rest: resty.New().SetBaseURL(base).SetRetryCount(2)} // want "has no timeout"
}

// Order sends a body without a context.
func (s *Shop) Order(body any) (*resty.Response, error) {
	return s.rest.R().SetBody(body).Post("/orders")
}

// RestAround wraps a client of its own, which is the place: one finding, not two.
func RestAround(url string) (*resty.Response, error) {
	return resty.NewWithClient(&http.Client{}).R().Get(url) // want "has no timeout"
}

// RestSet bounds in the chain: silent.
func RestSet(url string) (*resty.Response, error) {
	return resty.New().SetBaseURL(url).SetTimeout(5 * time.Second).R().Get("/")
}

// Till has its client bounded by a method: silent.
type Till struct{ rest *resty.Client }

// NewTill makes it.
func NewTill() *Till { return &Till{rest: resty.New()} }

// SetTimeout bounds it.
func (t *Till) SetTimeout(d time.Duration) { t.rest.SetTimeout(d) }

// Pay uses it.
func (t *Till) Pay(url string) (*resty.Response, error) { return t.rest.R().Post(url) }

// RestTimed bounds the request: silent.
func RestTimed(url string) (*resty.Response, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return resty.New().R().SetContext(ctx).Get(url)
}

// RestParameter leaves the bound to its caller: silent.
func RestParameter(ctx context.Context, url string) (*resty.Response, error) {
	return resty.New().R().SetContext(ctx).Get(url)
}

// RestBounded wraps a bounded client: silent.
func RestBounded(url string) (*resty.Response, error) {
	return resty.NewWithClient(&http.Client{Timeout: 5 * time.Second}).R().Get(url)
}
