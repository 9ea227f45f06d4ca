// Package bodyreuse sends bodies that have been read already.
package bodyreuse

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v4"
)

var client = &http.Client{Timeout: time.Second}

func pause(attempt int) { time.Sleep(time.Second<<attempt + rand.N(time.Second)) }

func Once(url, order string) (resp *http.Response, err error) {
	req, err := http.NewRequest(http.MethodPut, url, strings.NewReader(order))
	if err != nil {
		return nil, err
	}
	for attempt := range 3 {
		resp, err = client.Do(req) // want `the first attempt reads req.Body to its end: on a new connection the next one fails, or sends an empty body; set req.Body from req.GetBody\(\) before each attempt`
		if err == nil {
			return resp, nil
		}
		pause(attempt)
	}
	return nil, err
}

func SharedReader(url string, order []byte) (*http.Response, error) {
	body := bytes.NewReader(order)
	for attempt := 0; ; attempt++ {
		req, err := http.NewRequest(http.MethodPut, url, body) // want `the first attempt reads this body to its end: the next ones send an empty one; make the reader anew`
		if err != nil {
			return nil, err
		}
		resp, err := client.Do(req)
		if err == nil || attempt == 3 {
			return resp, err
		}
		pause(attempt)
	}
}

func Posted(url string, order []byte) (resp *http.Response, err error) {
	var body bytes.Buffer
	body.Write(order)
	for attempt := range 3 {
		resp, err = client.Post(url, "application/json", &body) // want `reads this body to its end`
		if err == nil {
			return resp, nil
		}
		pause(attempt)
	}
	return nil, err
}

func put(url string, body io.Reader) error {
	req, err := http.NewRequest(http.MethodPut, url, body)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func ThroughHelper(url, order string) (err error) {
	body := strings.NewReader(order)
	for attempt := range 3 {
		if err = put(url, body); err == nil { // want `reads this body to its end`
			return nil
		}
		pause(attempt)
	}
	return err
}

func ByLibrary(ctx context.Context, url, order string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, url, strings.NewReader(order))
	if err != nil {
		return err
	}
	return backoff.Retry(func() error {
		resp, err := client.Do(req) // want `the first attempt reads req.Body to its end`
		if err != nil {
			return err
		}
		return resp.Body.Close()
	}, backoff.WithContext(backoff.NewExponentialBackOff(), ctx))
}

// Anew makes the request for each attempt.
func Anew(url, order string) (resp *http.Response, err error) {
	for attempt := range 3 {
		req, err := http.NewRequest(http.MethodPut, url, strings.NewReader(order))
		if err != nil {
			return nil, err
		}
		if resp, err = client.Do(req); err == nil {
			return resp, nil
		}
		pause(attempt)
	}
	return nil, err
}

// Rewound takes the body from the start.
func Rewound(url, order string) (resp *http.Response, err error) {
	req, err := http.NewRequest(http.MethodPut, url, strings.NewReader(order))
	if err != nil {
		return nil, err
	}
	for attempt := range 3 {
		if req.Body, err = req.GetBody(); err != nil {
			return nil, err
		}
		if resp, err = client.Do(req); err == nil {
			return resp, nil
		}
		pause(attempt)
	}
	return nil, err
}

// Sought does so with the reader.
func Sought(url string, order []byte) (resp *http.Response, err error) {
	body := bytes.NewReader(order)
	for attempt := range 3 {
		body.Seek(0, io.SeekStart)
		if resp, err = client.Post(url, "application/json", body); err == nil {
			return resp, nil
		}
		pause(attempt)
	}
	return nil, err
}

// Bodiless has none.
func Bodiless(url string) (resp *http.Response, err error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	for attempt := range 3 {
		if resp, err = client.Do(req); err == nil {
			return resp, nil
		}
		pause(attempt)
	}
	return nil, err
}

// Given does not know whether there is one.
func Given(url string, body io.Reader) (resp *http.Response, err error) {
	req, err := http.NewRequest(http.MethodPut, url, body)
	if err != nil {
		return nil, err
	}
	for attempt := range 3 {
		if resp, err = client.Do(req); err == nil {
			return resp, nil
		}
		pause(attempt)
	}
	return nil, err
}

func sign(req *http.Request) { req.Body = io.NopCloser(strings.NewReader("signed")) }

// Signed gives the request to someone who may see to it.
func Signed(url, order string) (resp *http.Response, err error) {
	req, err := http.NewRequest(http.MethodPut, url, strings.NewReader(order))
	if err != nil {
		return nil, err
	}
	for attempt := range 3 {
		sign(req)
		if resp, err = client.Do(req); err == nil {
			return resp, nil
		}
		pause(attempt)
	}
	return nil, err
}

// passed is given a reader, which it cannot rewind.
func passed(url string, body io.Reader) (resp *http.Response, err error) {
	for attempt := range 3 {
		if resp, err = client.Post(url, "application/json", body); err == nil { // want `reads this body to its end`
			return resp, nil
		}
		pause(attempt)
	}
	return nil, err
}

func Passes(url, order string) (*http.Response, error) {
	return passed(url, strings.NewReader(order))
}
