// Package fixctx builds requests without a context, with and without one in scope.
package fixctx

import (
	"context"
	"net/http"
	"strings"
)

// InScope has a context that the request could carry.
func InScope(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req) // want "has no timeout"
}

// OtherName calls it something else.
func OtherName(parent context.Context, url, body string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req) // want "has no timeout"
}

// Blank has one that cannot be named.
func Blank(_ context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req) // want "has no timeout"
}

// Shadowed has the name hidden by a string where the request is built.
func Shadowed(ctx context.Context, urls map[string]string) error {
	for ctx, url := range urls {
		req, err := http.NewRequest(http.MethodGet, url+"?context="+ctx, nil)
		if err != nil {
			return err
		}
		if _, err := http.DefaultClient.Do(req); err != nil { // want "has no timeout"
			return err
		}
	}
	return ctx.Err()
}

// Later has a context that is made after the request was built.
func Later(url string, trace func(context.Context)) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	ctx := context.WithValue(context.Background(), http.LocalAddrContextKey, url)
	trace(ctx)
	return http.DefaultClient.Do(req) // want "has no timeout"
}

// Handler has the context of its request at hand.
func Handler(w http.ResponseWriter, r *http.Request) {
	req, err := http.NewRequest(http.MethodGet, "http://stock.internal"+r.URL.Path, nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	resp, err := http.DefaultClient.Do(req) // want "has no timeout"
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	resp.Body.Close()
}

// Closure has it in the function around.
func Closure(ctx context.Context, urls []string) error {
	send := func(url string) error {
		req, err := http.NewRequest(http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		_, err = http.DefaultClient.Do(req) // want "has no timeout"
		return err
	}
	for _, u := range urls {
		if err := send(u); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Replaced has a context and says Background.
func Replaced(ctx context.Context, url string) (*http.Response, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req) // want "has no timeout"
}

// None has no context and returns the response, so that a deadline with a deferred cancel would cut the caller's read.
func None(url string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req) // want "has no timeout"
}

// Loop has none either, and a deferred cancel in a loop would pile up.
func Loop(urls []string) error {
	for _, u := range urls {
		req, err := http.NewRequest(http.MethodGet, u, nil)
		if err != nil {
			return err
		}
		resp, err := http.DefaultClient.Do(req) // want "has no timeout"
		if err != nil {
			return err
		}
		if err := resp.Body.Close(); err != nil {
			return err
		}
	}
	return nil
}
