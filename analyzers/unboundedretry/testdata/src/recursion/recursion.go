// Package recursion calls itself to try again.
package recursion

import (
	"context"
	"errors"
	"fmt"
	"log"
	"math/rand/v2"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: time.Second}

func ForEver(url string) (*http.Response, error) {
	resp, err := client.Get(url)
	if err != nil {
		time.Sleep(time.Second)
		return ForEver(url) // want `nothing ends this retry: while http.Client.Get fails, it is called again every 1s, for ever`
	}
	return resp, nil
}

func Counted(url string, retries int) (*http.Response, error) {
	resp, err := client.Get(url)
	if err == nil {
		return resp, nil
	}
	if retries <= 0 {
		return nil, err
	}
	return Counted(url, retries-1) // want `http.Client.Get is called again at once: a server that fails`
}

func Doubled(ctx context.Context, url string, delay time.Duration) (*http.Response, error) {
	if delay > time.Minute {
		return nil, errors.New("gave up")
	}
	resp, err := client.Get(url)
	if err == nil {
		return resp, nil
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-time.After(delay):
	}
	return Doubled(ctx, url, 2*delay) // want `wait equally long`
}

// Well waits longer each time, with jitter.
func Well(ctx context.Context, url string, attempt int) (*http.Response, error) {
	resp, err := client.Get(url)
	if err == nil || attempt > 3 {
		return resp, err
	}
	delay := time.Second << attempt
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-time.After(delay/2 + rand.N(delay/2)):
	}
	return Well(ctx, url, attempt+1)
}

type node struct {
	url      string
	children []*node
	next     *node
}

// Walk asks for one after the other.
func Walk(n *node) error {
	if n == nil {
		return nil
	}
	if resp, err := client.Get(n.url); err == nil {
		resp.Body.Close()
		return nil
	}
	return Walk(n.next)
}

// Page goes on where it was.
func Page(url string, page int) error {
	resp, err := client.Get(url + string(rune(page)))
	if err != nil {
		return err
	}
	resp.Body.Close()
	return Page(url, page+1)
}

// Mirror goes on to another server.
func Mirror(urls []string) (*http.Response, error) {
	if len(urls) == 0 {
		return nil, errors.New("gave up")
	}
	resp, err := client.Get(urls[0])
	if err != nil {
		return Mirror(urls[1:])
	}
	return resp, nil
}

// refreshed asks once more with a new token.
func refreshed(url string, mayRefresh bool) (*http.Response, error) {
	resp, err := client.Get(url)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK && refreshes(mayRefresh) {
		return refreshed(url, false)
	}
	return resp, nil
}

func refreshes(may bool) bool { return may && len(tokens) > 0 }

var tokens []string

// A flag that nobody asks does not end it.
func flagged(url string, quiet bool) (*http.Response, error) {
	resp, err := client.Get(url)
	if err != nil {
		time.Sleep(time.Second)
		return flagged(url, false) // want `nothing ends this retry`
	}
	return resp, nil
}

// A camera may refuse two channels: then it is asked for one.
type camera struct{ talks bool }

func (c *camera) Open(url string) (*http.Response, error) {
	resp, err := client.Get(url)
	if err != nil {
		if c.talks {
			c.talks = false
			return c.Open(url)
		}
		return nil, err
	}
	return resp, nil
}

// Camera is one.
var Camera = new(camera)

// CatchUp gets what has changed since, or all of it where that fails.
func CatchUp(ctx context.Context, group string, since int) {
	if since == 0 {
		if resp, err := client.Get("http://groups/" + group); err == nil {
			resp.Body.Close()
		}
		return
	}
	page, err := pageOf(ctx, group, since)
	if err != nil {
		CatchUp(ctx, group, 0)
		return
	}
	log.Print(page)
}

func pageOf(ctx context.Context, group string, since int) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("http://groups/%s?since=%d", group, since), nil)
	if err != nil {
		return "", err
	}
	resp, err := client.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	return resp.Header.Get("ETag"), nil
}
