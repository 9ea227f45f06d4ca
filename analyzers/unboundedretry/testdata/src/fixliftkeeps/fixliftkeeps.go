// Package fixliftkeeps has loops that cannot become a retry.Do: some are mended as loops.
package fixliftkeeps

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"math"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

func send(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Numbered says which attempt it is.
func Numbered(ctx context.Context, url string) error {
	var err error
	for attempt := range 8 { // want "however long it has failed"
		if err = send(ctx, url); err == nil {
			return nil
		}
		log.Printf("attempt %d: %v", attempt, err)
		time.Sleep(time.Second)
	}
	return err
}

// Void has no error to return.
func Void(ctx context.Context, url string) {
	for range 8 { // want "however long it has failed"
		if err := send(ctx, url); err == nil {
			return
		}
		time.Sleep(time.Second)
	}
}

// Kept may have no error where it failed: the retry would take it for a success.
func Kept(ctx context.Context, url string) (*http.Response, error) {
	var resp *http.Response
	var err error
	for range 8 { // want "however long it has failed"
		resp, err = client.Get(url)
		if err == nil && resp.StatusCode < 500 {
			return resp, nil
		}
		time.Sleep(time.Second)
	}
	return resp, err
}

// Compared is asked for its very error.
func Compared(ctx context.Context, url string) (bool, error) {
	var err error
	for range 8 { // want "however long it has failed"
		if err = send(ctx, url); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	if err == io.EOF {
		return false, nil
	}
	return true, err
}

var errDenied = errors.New("denied")

// Wrapped says so only of errors that it has repeated.
func Wrapped(ctx context.Context, url string) error {
	var err error
	for range 8 { // want "however long it has failed"
		if err = send(ctx, url); err == nil {
			return nil
		}
		if errors.Is(err, errDenied) {
			return err
		}
		time.Sleep(time.Second)
	}
	return errors.Join(errors.New("three times"), err)
}

// Deferred puts off what the function around it does in the end.
func Deferred(ctx context.Context, url string) error {
	var err error
	for range 8 { // want "however long it has failed"
		defer log.Print("attempted ", url)
		if err = send(ctx, url); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Labelled is left from further in.
func Labelled(ctx context.Context, url string) error {
	var err error
attempts:
	for range 8 { // want "however long it has failed"
		err = send(ctx, url)
		switch {
		case err == nil:
			break attempts
		case errors.Is(err, errDenied):
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// Either breaks or returns.
func Either(ctx context.Context, url string) (int, error) {
	var err error
	for range 8 { // want "however long it has failed"
		if err = send(ctx, url); err == nil {
			break
		}
		if errors.Is(err, errDenied) {
			return 0, nil
		}
		time.Sleep(time.Second)
	}
	return 1, err
}

// Power is all that the file needs math for: its import could not stay.
func Power(ctx context.Context, url string) error {
	var err error
	for i := range 8 { // want "wait equally long"
		if err = send(ctx, url); err == nil {
			return nil
		}
		time.Sleep(time.Duration(math.Pow(2, float64(i))) * time.Second)
	}
	return err
}

// Says which attempt failed, in its error.
func Says(ctx context.Context, url string) error {
	var last error
	for i := range 8 { // want "however long it has failed"
		err := send(ctx, url)
		if err == nil {
			return nil
		}
		last = fmt.Errorf("attempt %d: %w", i, err)
		time.Sleep(time.Second)
	}
	return last
}

// Empty would have nothing to do for one case.
func Empty(ctx context.Context, url string) error {
	var err error
	for range 8 { // want "however long it has failed"
		if err = send(ctx, url); err != nil {
			time.Sleep(time.Second)
		} else {
			return nil
		}
	}
	return err
}
