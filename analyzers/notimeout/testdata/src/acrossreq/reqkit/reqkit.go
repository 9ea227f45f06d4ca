// Package reqkit makes requests for its importers.
package reqkit

import (
	"context"
	"net/http"
	"strings"
)

func New(ctx context.Context, url string) (*http.Request, error) {
	return http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
}

func JSON(ctx context.Context, url, body string) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	return req, nil
}

func Plain(url string) (*http.Request, error) { return http.NewRequest(http.MethodGet, url, nil) }

// Signed returns the request that it is given.
func Signed(req *http.Request) *http.Request {
	req.Header.Set("Authorization", "Bearer x")
	return req
}

// Under puts a request under a context.
func Under(req *http.Request, ctx context.Context) *http.Request { return req.WithContext(ctx) }

type Builder struct {
	url string
	ctx context.Context
}

func Build(url string) *Builder { return &Builder{url: url, ctx: context.Background()} }

func (b *Builder) Within(ctx context.Context) *Builder {
	b.ctx = ctx
	return b
}

func (b *Builder) Request() (*http.Request, error) { return New(b.ctx, b.url) }
