// Package permanenterror repeats what a server has refused.
package permanenterror

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: time.Second}

func pause(attempt int) { time.Sleep(time.Second<<attempt + rand.N(time.Second)) }

func AnythingBut200(url string) ([]byte, error) {
	for attempt := range 3 { // want `http.Client.Get is called again after a 4xx, too: what is refused once is refused every time; give up on a 4xx`
		resp, err := client.Get(url)
		if err == nil && resp.StatusCode == http.StatusOK {
			defer resp.Body.Close()
			return io.ReadAll(resp.Body)
		}
		pause(attempt)
	}
	return nil, errors.New("gave up")
}

func AllErrors(url string) ([]byte, error) {
	var last error
	for attempt := range 3 { // want `again after a 4xx, too`
		resp, err := client.Get(url)
		if err != nil {
			last = err
			pause(attempt)
			continue
		}
		if resp.StatusCode >= 400 {
			last = fmt.Errorf("status %d", resp.StatusCode)
			resp.Body.Close()
			pause(attempt)
			continue
		}
		defer resp.Body.Close()
		return io.ReadAll(resp.Body)
	}
	return nil, last
}

func SomeRefusals(url string) ([]byte, error) {
	for attempt := range 3 { // want `again after a 400, 405, 422, too`
		resp, err := client.Get(url)
		if err == nil {
			switch resp.StatusCode {
			case http.StatusOK:
				return io.ReadAll(resp.Body)
			case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound:
				return nil, errors.New("refused")
			}
		}
		pause(attempt)
	}
	return nil, errors.New("gave up")
}

// ServerErrors repeats what may pass.
func ServerErrors(url string) ([]byte, error) {
	for attempt := range 3 {
		resp, err := client.Get(url)
		if err == nil && resp.StatusCode < 500 && resp.StatusCode != http.StatusTooManyRequests {
			defer resp.Body.Close()
			return io.ReadAll(resp.Body)
		}
		pause(attempt)
	}
	return nil, errors.New("gave up")
}

func isRetryable(resp *http.Response) bool { return resp.StatusCode >= 500 }

// Asked leaves it to a function, which knows.
func Asked(url string) ([]byte, error) {
	for attempt := range 3 {
		resp, err := client.Get(url)
		if err == nil && resp.StatusCode == http.StatusOK {
			return io.ReadAll(resp.Body)
		}
		if err == nil && !isRetryable(resp) {
			return nil, errors.New("refused")
		}
		pause(attempt)
	}
	return nil, errors.New("gave up")
}

// NotThereYet waits for what is about to be there.
func NotThereYet(url string) ([]byte, error) {
	for attempt := range 3 {
		resp, err := client.Get(url)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode != http.StatusNotFound {
			return io.ReadAll(resp.Body)
		}
		resp.Body.Close()
		pause(attempt)
	}
	return nil, errors.New("gave up")
}

// Untested takes whatever answer there is.
func Untested(url string) ([]byte, error) {
	for attempt := range 3 {
		resp, err := client.Get(url)
		if err == nil {
			return io.ReadAll(resp.Body)
		}
		pause(attempt)
	}
	return nil, errors.New("gave up")
}

func fetch(url string) (*http.Response, error) { return client.Get(url) }

func Closed(url string) ([]byte, error) {
	for attempt := range 3 { // want `again after a 4xx, too`
		resp, err := fetch(url)
		if resp != nil {
			defer resp.Body.Close()
		}
		if err != nil {
			return nil, err
		}
		if resp.StatusCode >= 400 {
			pause(attempt)
			continue
		}
		return io.ReadAll(resp.Body)
	}
	return nil, errors.New("gave up")
}

// An account asks with a new token after a 401: that is another right.
type account struct{ token string }

func (a *account) Get(url string) ([]byte, error) {
	delay := time.Second * 30
	for attempt := range 3 {
		req, err := http.NewRequest(http.MethodGet, url, nil)
		if err != nil {
			return nil, err
		}
		req.Header.Set("Authorization", "Bearer "+a.token)
		client := &http.Client{Timeout: time.Second}
		resp, err := client.Do(req)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode == http.StatusUnauthorized {
			resp.Body.Close()
			if attempt < 2 {
				if err := a.refreshToken(); err != nil {
					return nil, err
				}
				time.Sleep(delay)
				delay *= 2
				continue
			}
		}
		return io.ReadAll(resp.Body)
	}
	return nil, errors.New("gave up")
}

func (a *account) refreshToken() error {
	a.token = "next"
	return nil
}

var Account = new(account)

// Told repeats a 400 only if what the server says with it may pass.
func Told(url string, body []byte) error {
	for attempt := range 6 {
		resp, err := client.Post(url, "text/xml", bytes.NewReader(body))
		if err != nil {
			return err
		}
		text, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			return err
		}
		if resp.StatusCode < 300 {
			return nil
		}
		var failure struct{ Code string }
		_ = xml.Unmarshal(text, &failure)
		again := resp.StatusCode >= 500 || resp.StatusCode == http.StatusBadRequest && failure.Code == "RequestTimeout"
		if !again {
			return errors.New(failure.Code)
		}
		pause(attempt)
	}
	return errors.New("gave up")
}

// Handed is given a function that gets another token.
func Handed(url string, refresh func() error) error {
	refreshed := false
	for attempt := range 6 {
		resp, err := client.Get(url)
		if err != nil {
			return err
		}
		resp.Body.Close()
		if resp.StatusCode < 300 {
			return nil
		}
		if resp.StatusCode == http.StatusUnauthorized && !refreshed {
			refreshed = true
			if err := refresh(); err != nil {
				return err
			}
			continue
		}
		if resp.StatusCode < 500 {
			return errors.New(resp.Status)
		}
		pause(attempt)
	}
	return errors.New("gave up")
}
