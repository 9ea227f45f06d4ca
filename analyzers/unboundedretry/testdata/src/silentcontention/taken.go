package silentcontention

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// A StatusError says what the server has said.
type StatusError struct {
	Code int
	Kind string
}

func (e *StatusError) Error() string { return e.Kind }

// Stale reports whether somebody else was faster.
func (e *StatusError) Stale() bool { return e.Code == http.StatusPreconditionFailed }

func call(ctx context.Context, method, url, etag string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, method, url, nil)
	if err != nil {
		return "", err
	}
	req.Header.Set("If-Match", etag)
	resp, err := client.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 300 {
		return "", &StatusError{resp.StatusCode, resp.Header.Get("X-Kind")}
	}
	return resp.Header.Get("ETag"), nil
}

var errTooOften = errors.New("too many conflicts")

// Part looks at a part of the error.
func Part(ctx context.Context, url string) error {
	for range 10 {
		etag, err := call(ctx, http.MethodGet, url, "*")
		if err != nil {
			return err
		}
		_, err = call(ctx, http.MethodPut, url, etag)
		var failure *StatusError
		if !errors.As(err, &failure) || failure.Code != http.StatusPreconditionFailed {
			return err
		}
	}
	return errTooOften
}

// Asked asks the error, Number a function of the package for its number, Changed another for more.
func Asked(ctx context.Context, url string) error {
	for range 10 {
		etag, err := call(ctx, http.MethodGet, url, "*")
		if err != nil {
			return err
		}
		_, err = call(ctx, http.MethodPut, url, etag)
		var failure *StatusError
		if !errors.As(err, &failure) || !failure.Stale() {
			return err
		}
	}
	return errTooOften
}

func number(err error) int {
	var failure *StatusError
	if errors.As(err, &failure) {
		return failure.Code
	}
	return 0
}

func Number(ctx context.Context, url string) error {
	for range 10 {
		etag, err := call(ctx, http.MethodGet, url, "*")
		if err != nil {
			return err
		}
		if _, err = call(ctx, http.MethodPut, url, etag); number(err) != http.StatusPreconditionFailed {
			return err
		}
	}
	return errTooOften
}

func changed(err error) bool {
	var failure *StatusError
	return errors.As(err, &failure) && failure.Code == http.StatusPreconditionFailed
}

func Changed(ctx context.Context, url string) error {
	for range 10 {
		etag, err := call(ctx, http.MethodGet, url, "*")
		if err != nil {
			return err
		}
		if _, err = call(ctx, http.MethodPut, url, etag); !changed(err) {
			return err
		}
	}
	return errTooOften
}

// Pending waits as long as the server says so.
func Pending(ctx context.Context, url string) error {
	for {
		_, err := call(ctx, http.MethodPut, url, "*")
		var failure *StatusError
		if !errors.As(err, &failure) || failure.Kind != "pending" {
			return err
		}
		select {
		case <-time.After(500 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
