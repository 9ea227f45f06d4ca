// Package request is about the deadline of the request's context. The calls go through http.DefaultClient, so each call is its own place.
package request

import (
	"context"
	"net/http"
	"strings"
	"time"
)

// Timed builds the request with a deadline: silent.
func Timed(url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Until uses a point in time: silent.
func Until(url string, t time.Time) error {
	ctx, cancel := context.WithDeadline(context.Background(), t)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Attached sets the context after the request was built: silent.
func Attached(url string) error {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	req = req.WithContext(ctx)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Cloned does the same with Clone, inline: silent.
func Cloned(url string) error {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	resp, err := http.DefaultClient.Do(req.Clone(ctx))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Parameter gets its context from the caller, who decides: silent.
func Parameter(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

// Sent gets the whole request from the caller: silent.
func Sent(req *http.Request) (*http.Response, error) {
	req.Header.Set("User-Agent", "shop/1.0")
	return http.DefaultClient.Do(req)
}

// Handler passes its request's context on, which ends with the caller's connection: silent.
func Handler(w http.ResponseWriter, r *http.Request) {
	req, err := http.NewRequestWithContext(r.Context(), http.MethodGet, "http://stock.internal/", nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if resp, err := http.DefaultClient.Do(req); err == nil {
		resp.Body.Close()
	}
}

// Conditional has a deadline on one path; 0 is somebody's choice: silent.
func Conditional(url string, limit time.Duration) error {
	ctx := context.Background()
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// OwnClient has no Timeout, but every request it sends has a deadline: silent.
func OwnClient(url string) error {
	c := &http.Client{}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return err
	}
	_, err = c.Do(req)
	return err
}

// OneOfTwo sends one request with a deadline and one without: the client is the place.
func OneOfTwo(ctx context.Context, url string) error {
	c := &http.Client{} // want "has no timeout"
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return err
	}
	if _, err := c.Do(req); err != nil {
		return err
	}
	_, err = c.Head(url)
	return err
}

// Background says out loud that there is no deadline.
func Background(url string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req) // want "has no timeout"
}

// Todo postpones the question.
func Todo(url string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(context.TODO(), http.MethodPost, url, strings.NewReader("{}"))
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req) // want "has no timeout"
}

// LastWins attaches a deadline and then takes it away again.
func LastWins(url string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	req = req.WithContext(context.Background())
	return http.DefaultClient.Do(req) // want "has no timeout"
}

// ResultLost forgets that WithContext returns a copy.
func ResultLost(url string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	req.WithContext(ctx)
	return http.DefaultClient.Do(req) // want "has no timeout"
}

// NotUsed has a deadline in scope and passes Background.
func NotUsed(url string, ready func(context.Context) error) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := ready(ctx); err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req) // want "has no timeout"
}

// HandlerForgets has r at hand and builds a request without its context.
func HandlerForgets(w http.ResponseWriter, r *http.Request) {
	req, err := http.NewRequest(http.MethodGet, "http://stock.internal/"+r.URL.Path, nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if resp, err := http.DefaultClient.Do(req); err == nil { // want "has no timeout"
		resp.Body.Close()
	}
}
