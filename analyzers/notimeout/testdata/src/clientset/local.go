// Package clientset sets Timeout later or elsewhere: everything in it is silent.
package clientset

import (
	"flag"
	"net/http"
	"time"

	"example.org/httpkit"
)

// Later assigns the field on the next line.
func Later(url string) (*http.Response, error) {
	c := &http.Client{}
	c.Timeout = 10 * time.Second
	return c.Get(url)
}

// Var assigns the field of a zero value.
func Var(url string) (*http.Response, error) {
	var c http.Client
	c.Timeout = 10 * time.Second
	return c.Get(url)
}

// Alias assigns through a second pointer to the same client.
func Alias(url string) (*http.Response, error) {
	c := new(http.Client)
	same := c
	same.Timeout = 10 * time.Second
	return c.Get(url)
}

// Conditional assigns on one path only: whoever configures 0 asked for it.
func Conditional(url string, timeout time.Duration) (*http.Response, error) {
	c := &http.Client{}
	if timeout > 0 {
		c.Timeout = timeout
	}
	return c.Get(url)
}

// Parameter may be 0 for all we know; a value that is not constant counts as set.
func Parameter(url string, timeout time.Duration) (*http.Response, error) {
	c := &http.Client{Timeout: timeout}
	return c.Get(url)
}

// Seconds converts a configured number.
func Seconds(url string, cfg struct{ TimeoutSeconds int }) (*http.Response, error) {
	c := http.Client{Timeout: time.Duration(cfg.TimeoutSeconds) * time.Second}
	return c.Get(url)
}

var flagTimeout = flag.Duration("timeout", 30*time.Second, "upstream timeout")

// Flag reads a flag.
func Flag(url string) (*http.Response, error) {
	return (&http.Client{Timeout: *flagTimeout}).Get(url)
}

// CopyOfDefault copies the default client and bounds the copy.
func CopyOfDefault(url string) (*http.Response, error) {
	c := *http.DefaultClient
	c.Timeout = 10 * time.Second
	return c.Get(url)
}

// Overwritten replaces the whole value behind the pointer.
func Overwritten(url string) (*http.Response, error) {
	c := new(http.Client)
	*c = http.Client{Timeout: 10 * time.Second}
	return c.Get(url)
}

// InClosure assigns in a function literal that runs before the call.
func InClosure(url string) (*http.Response, error) {
	c := &http.Client{}
	bound := func(d time.Duration) { c.Timeout = d }
	bound(10 * time.Second)
	return c.Get(url)
}

// InLoop bounds several clients through the range variable.
func InLoop(url string) error {
	primary, standby := &http.Client{}, &http.Client{}
	for _, c := range []*http.Client{primary, standby} {
		c.Timeout = 10 * time.Second
	}
	if _, err := primary.Get(url); err != nil {
		_, err = standby.Get(url)
		return err
	}
	return nil
}

// Helper bounds through a function of the package (other.go).
func Helper(url string) (*http.Response, error) {
	c := &http.Client{}
	configure(c)
	return c.Get(url)
}

// FuncValue passes the client to a function nobody can see.
func FuncValue(url string, tune func(*http.Client)) (*http.Response, error) {
	c := &http.Client{}
	tune(c)
	return c.Get(url)
}

// Tuner is implemented by somebody else.
type Tuner interface{ Apply(*http.Client) }

// Interface passes the client to a method nobody can see.
func Interface(url string, t Tuner) (*http.Response, error) {
	c := &http.Client{}
	t.Apply(c)
	return c.Get(url)
}

// Library passes the client to a package outside the standard library.
func Library(url string) (*http.Response, error) {
	c := &http.Client{}
	httpkit.Tune(c)
	return c.Get(url)
}
