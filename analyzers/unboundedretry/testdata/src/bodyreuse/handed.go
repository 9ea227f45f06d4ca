package bodyreuse

import (
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// A round of one attempt, which is handed the request.
func once(ctx context.Context, req *http.Request) (string, error) {
	resp, err := client.Do(req.WithContext(ctx))
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		return "", &refused{Status: resp.Status, Body: text}
	}
	return string(text), err
}

type refused struct {
	Status string
	Body   []byte // of the answer
}

func (r *refused) Error() string { return r.Status }

func handed(ctx context.Context, req *http.Request) (text string, err error) {
	for attempt := range 3 {
		if text, err = once(ctx, req); err == nil { // want `the first attempt reads req.Body to its end`
			return text, nil
		}
		pause(attempt)
	}
	return "", err
}

func form(address string, values url.Values) (*http.Request, error) {
	req, err := http.NewRequest(http.MethodPost, address, strings.NewReader(values.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return req, nil
}

// Handed makes the request, and hands it on.
func Handed(ctx context.Context, address string, values url.Values) (string, error) {
	req, err := form(address, values)
	if err != nil {
		return "", err
	}
	text, err := handed(ctx, req)
	if err != nil {
		if req, err = form(address+"/again", values); err != nil {
			return "", err
		}
		text, err = handed(ctx, req)
	}
	return text, err
}

// WithContext gives the request another context in each round, and the body of before.
func WithContext(ctx context.Context, address string, values url.Values) (resp *http.Response, err error) {
	req, err := http.NewRequest(http.MethodPut, address, strings.NewReader(values.Encode()))
	if err != nil {
		return nil, err
	}
	for attempt := range 3 {
		if resp, err = client.Do(req.WithContext(ctx)); err == nil { // want `the first attempt reads this body to its end|reads req.Body to its end`
			return resp, nil
		}
		pause(attempt)
	}
	return nil, err
}

// asked is handed requests of which one has no body.
func asked(ctx context.Context, req *http.Request) (text string, err error) {
	for attempt := range 3 {
		if text, err = once(ctx, req); err == nil {
			return text, nil
		}
		pause(attempt)
	}
	return "", err
}

// Asked asks, and tells.
func Asked(ctx context.Context, address string, values url.Values) (string, error) {
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return "", err
	}
	if text, err := asked(ctx, req); err == nil {
		return text, nil
	}
	if req, err = form(address, values); err != nil {
		return "", err
	}
	return asked(ctx, req)
}

// rewinding takes the body from the start.
func rewinding(ctx context.Context, req *http.Request) (resp *http.Response, err error) {
	if req.GetBody != nil {
		if req.Body, err = req.GetBody(); err != nil {
			return nil, err
		}
	}
	return client.Do(req.WithContext(ctx))
}

func handedAndRewound(ctx context.Context, req *http.Request) (err error) {
	for attempt := range 3 {
		var resp *http.Response
		if resp, err = rewinding(ctx, req); err == nil {
			return resp.Body.Close()
		}
		pause(attempt)
	}
	return err
}

// Rewinds has someone rewind.
func Rewinds(ctx context.Context, address string, values url.Values) error {
	req, err := form(address, values)
	if err != nil {
		return err
	}
	return handedAndRewound(ctx, req)
}

// remade makes a request anew each time that it is called.
func remade(ctx context.Context, url, text string) (*http.Request, error) {
	return http.NewRequestWithContext(ctx, http.MethodPut, url, strings.NewReader(text))
}

func Remade(ctx context.Context, url, text string) (err error) {
	for attempt := range 3 {
		req, failed := remade(ctx, url, text)
		if failed != nil {
			return failed
		}
		var resp *http.Response
		if resp, err = http.DefaultClient.Do(req); err == nil {
			return resp.Body.Close()
		}
		select {
		case <-time.After(time.Second<<attempt + rand.N(time.Second)):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return err
}
