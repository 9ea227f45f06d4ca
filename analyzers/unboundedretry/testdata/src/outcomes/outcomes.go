// Package outcomes tells failure from success in all ways.
package outcomes

import (
	"errors"
	"fmt"
	"log"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

var errGaveUp = errors.New("gave up")

// Break leaves the loop when it succeeds.
func Break(url string) (*http.Response, error) {
	var resp *http.Response
	var err error
	for range 8 { // want `called again every 1s, up to 7 times`
		resp, err = client.Get(url)
		if err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	return resp, err
}

// FallThrough goes on if it fails.
func FallThrough(url string) (*http.Response, error) {
	for i := 0; i < 8; i++ { // want `called again every 1s`
		resp, err := client.Get(url)
		if err != nil {
			log.Print(err)
			time.Sleep(time.Second)
			continue
		}
		return resp, nil
	}
	return nil, errGaveUp
}

// Else has a branch for either.
func Else(url string) (resp *http.Response, err error) {
	for i := 0; i < 8; i++ { // want `called again every 1s`
		if resp, err = client.Get(url); err != nil {
			time.Sleep(time.Second)
		} else {
			return resp, nil
		}
	}
	return nil, err
}

// Status looks at the status, too.
func Status(url string) (*http.Response, error) {
	for range 8 { // want `called again every 1s`
		resp, err := client.Get(url)
		if err == nil && resp.StatusCode < http.StatusInternalServerError {
			return resp, nil
		}
		time.Sleep(time.Second)
	}
	return nil, errGaveUp
}

// StatusAlone returns errors, and tries again what the server refuses.
func StatusAlone(url string) (*http.Response, error) {
	for range 8 { // want `called again every 1s`
		resp, err := client.Get(url)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode >= 500 {
			resp.Body.Close()
			time.Sleep(time.Second)
			continue
		}
		return resp, nil
	}
	return nil, errGaveUp
}

// Throttled tries again what the server has no time for.
func Throttled(url string) (*http.Response, error) {
	for { // want `nothing ends this retry: while http.Client.Get fails, it is called again every 1s`
		resp, err := client.Get(url)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode != http.StatusTooManyRequests {
			return resp, nil
		}
		resp.Body.Close()
		time.Sleep(time.Second)
	}
}

// Switch looks at the status in a switch.
func Switch(url string) (*http.Response, error) {
	for range 8 { // want `called again every 1s`
		resp, err := client.Get(url)
		if err != nil {
			return nil, err
		}
		switch resp.StatusCode {
		case http.StatusOK:
			return resp, nil
		case http.StatusBadGateway, http.StatusServiceUnavailable:
			resp.Body.Close()
			time.Sleep(time.Second)
		default:
			return nil, fmt.Errorf("refused: %s", resp.Status)
		}
	}
	return nil, errGaveUp
}

// Logged has its error in memory: a deferred function reads it.
func Logged(url string) (resp *http.Response, err error) {
	defer func() {
		if err != nil {
			log.Print(err)
		}
	}()
	for i := 0; i < 8; i++ { // want `called again every 1s`
		resp, err = client.Get(url)
		if err == nil {
			return resp, nil
		}
		time.Sleep(time.Second)
	}
	return nil, err
}

// Literal attempts in a function literal, which is called at once.
func Literal(url string) error {
	for range 8 { // want `called again every 1s`
		err := func() error {
			resp, err := client.Post(url, "text/plain", nil)
			if err != nil {
				return err
			}
			defer resp.Body.Close()
			if resp.StatusCode != http.StatusOK {
				return fmt.Errorf("refused: %s", resp.Status)
			}
			return nil
		}()
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return errGaveUp
}

// Named has its literal in a variable.
func Named(url string) error {
	fetch := func() error {
		resp, err := client.Get(url)
		if err != nil {
			return err
		}
		return resp.Body.Close()
	}
	var err error
	for i := 0; i < 8; i++ { // want `called again every 1s`
		if err = fetch(); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	return err
}

// Wrapped returns the last error, wrapped.
func Wrapped(url string) error {
	var last error
	for i := 0; i < 8; i++ { // want `called again every 1s`
		resp, err := client.Get(url)
		if err != nil {
			last = fmt.Errorf("attempt %d: %w", i, err)
			time.Sleep(time.Second)
			continue
		}
		return resp.Body.Close()
	}
	return last
}

// Gated gives up on errors that another attempt does not mend.
func Gated(url string) error {
	for i := 0; i < 8; i++ { // want `called again every 1s`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		if !isTemporary(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return errGaveUp
}

func isTemporary(err error) bool {
	var temporary interface{ Temporary() bool }
	return errors.As(err, &temporary) && temporary.Temporary()
}

// Compared looks at the error alone, in a comparison.
func Compared(url string) error {
	for i := 0; i < 8; i++ { // want `called again every 1s`
		err := get(url)
		if err == errUnavailable {
			time.Sleep(time.Second)
			continue
		}
		return err
	}
	return errGaveUp
}

var errUnavailable = errors.New("unavailable")

func get(url string) error {
	resp, err := client.Post(url, "text/plain", nil)
	if err != nil {
		return err
	}
	resp.Body.Close()
	if resp.StatusCode == http.StatusServiceUnavailable {
		return errUnavailable
	}
	return nil
}

// Flagged keeps what came of it in a variable.
func Flagged(url string) bool {
	ok := false
	for i := 0; i < 8 && !ok; i++ { // want `called again every 1s`
		resp, err := client.Get(url)
		if err != nil {
			time.Sleep(time.Second)
		} else {
			resp.Body.Close()
			ok = true
		}
	}
	return ok
}

// Told says in the literal which attempt it is.
func Told(url string) error {
	for i := 0; i < 4; i++ { // want `called again every 1s`
		err := func() error {
			log.Printf("attempt %d", i)
			resp, err := client.Get(url)
			if err != nil {
				return err
			}
			return resp.Body.Close()
		}()
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return errGaveUp
}

// Asked asks a function of the package whether a status is worth another attempt.
func Asked(url string) (*http.Response, error) {
	for range 8 { // want `called again every 1s`
		resp, err := client.Post(url, "text/plain", nil)
		if err != nil {
			return nil, err
		}
		if !isRetryable(resp.StatusCode) {
			return resp, nil
		}
		resp.Body.Close()
		time.Sleep(time.Second)
	}
	return nil, errGaveUp
}

func isRetryable(status int) bool { return status == 429 || status >= 500 }

// AskedBoth asks about both.
func AskedBoth(url string) (resp *http.Response, err error) {
	for range 8 { // want `called again every 1s`
		resp, err = client.Post(url, "text/plain", nil)
		if !shouldRetry(resp, err) {
			break
		}
		time.Sleep(time.Second)
	}
	return resp, err
}

func shouldRetry(resp *http.Response, err error) bool {
	return err != nil || resp.StatusCode >= 500
}
