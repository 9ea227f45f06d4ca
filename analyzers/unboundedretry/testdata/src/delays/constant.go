// Package delays computes delays in all ways.
package delays

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

var errGaveUp = errors.New("gave up")

type config struct {
	Delay, MaxDelay time.Duration
	Retries         int
}

// Literal is a constant.
func Literal(url string) error {
	for range 8 { // want `called again every 1.5s`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(1500 * time.Millisecond)
	}
	return errGaveUp
}

func defaults() *config { return &config{Retries: 10, Delay: time.Second} }

// Config is a field that has a default.
func Config(url string, cfg *config) error {
	for i := 0; i < cfg.Retries; i++ { // want `called again every 1s, however long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(cfg.Delay)
	}
	return errGaveUp
}

// Slowly and Quickly say how long it is.
func Slowly(url string) error  { return parameter(url, 3) }
func Quickly(url string) error { return parameter(url, 1) }

func parameter(url string, seconds int) error {
	for range 8 { // want `called again at the same interval, up to 7 times`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Duration(seconds) * time.Second)
	}
	return errGaveUp
}

var between = time.Second

// Global is a variable that nobody changes.
func Global(url string) error {
	for range 8 { // want `called again every 1s`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(between)
	}
	return errGaveUp
}

// Computed is the same each time.
func Computed(url string) error {
	for range 5 { // want `called again every 500ms`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(between / 2)
	}
	return errGaveUp
}

// Helped is what a helper returns.
func Helped(url string, cfg *config) error {
	for range 8 { // want `called again (every 1s|at the same interval)`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(cfg.delay())
	}
	return errGaveUp
}

func (c *config) delay() time.Duration {
	if c.Delay == 0 {
		return time.Second
	}
	return c.Delay
}

// SameElement takes the same of a list each time.
func SameElement(url string, delays []time.Duration) error {
	for range 8 { // want `called again (every 1s|at the same interval)`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(delays[0])
	}
	return errGaveUp
}

// Endless is random, and for ever.
func Endless(url string) error {
	for { // want `nothing ends this retry: while http.Client.Get fails, it is called again`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second + rand.N(time.Second))
	}
}
