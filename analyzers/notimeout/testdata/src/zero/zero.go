// Package zero writes a timeout that is none, or hours.
package zero

import (
	"context"
	"net"
	"net/http"
	"time"
)

// noTimeout is a named way to say it.
const noTimeout = 0

// timeoutMillis is in milliseconds, whatever it gets multiplied with.
const timeoutMillis = 5000

// requestTimeout has its unit already.
const requestTimeout = 5 * time.Second

// Explicit writes 0 on a line of its own: the value is the place, and the literal is not reported again.
func Explicit(url string) (*http.Response, error) {
	c := &http.Client{
		Jar:     nil,
		Timeout: 0, // want "means no timeout"
	}
	return c.Get(url)
}

// OneLine has literal and value on one line: one finding.
func OneLine(url string) (*http.Response, error) {
	c := &http.Client{Timeout: 0} // want "means no timeout"
	return c.Get(url)
}

// Unkeyed gives the fields by position.
func Unkeyed(url string) (*http.Response, error) {
	c := &http.Client{nil, nil, nil, 0} // want "means no timeout"
	return c.Get(url)
}

// Named uses a constant.
func Named(url string) (*http.Response, error) {
	c := &http.Client{
		Timeout: noTimeout, // want "means no timeout"
	}
	return c.Get(url)
}

// Product multiplies zero.
func Product(url string) (*http.Response, error) {
	c := &http.Client{
		Timeout: time.Duration(noTimeout) * time.Second, // want "means no timeout"
	}
	return c.Get(url)
}

// Negative is as good as none for a client.
func Negative(url string) (*http.Response, error) {
	c := &http.Client{
		Timeout: -1 * time.Second, // want "means no timeout"
	}
	return c.Get(url)
}

// Assigned writes 0 into the field.
func Assigned(url string) (*http.Response, error) {
	c := &http.Client{}
	c.Timeout = 0 // want "means no timeout"
	return c.Get(url)
}

// Dialer has the same field and the same meaning of 0.
func Dialer(addr string) (net.Conn, error) {
	return (&net.Dialer{Timeout: 0}).Dial("tcp", addr) // want "means no timeout"
}

// DialTimeout is a bounded function with an unbounded argument.
func DialTimeout(addr string) (net.Conn, error) {
	return net.DialTimeout("tcp", addr, 0) // want "means no timeout"
}

// Millis multiplies milliseconds with seconds: 5000 s.
func Millis(url string) (*http.Response, error) {
	c := &http.Client{
		Timeout: time.Duration(timeoutMillis) * time.Second, // want "hours"
	}
	return c.Get(url)
}

// MillisAssigned makes the same slip in an assignment.
func MillisAssigned(url string) (*http.Response, error) {
	c := &http.Client{}
	c.Timeout = time.Duration(timeoutMillis) * time.Second // want "hours"
	return c.Get(url)
}

// Squared multiplies a duration with a unit: 158 years.
func Squared(url string) (*http.Response, error) {
	c := &http.Client{
		Timeout: requestTimeout * time.Second, // want "hours"
	}
	return c.Get(url)
}

// MillisRight uses the right unit: silent.
func MillisRight(url string) (*http.Response, error) {
	c := &http.Client{Timeout: time.Duration(timeoutMillis) * time.Millisecond}
	return c.Get(url)
}

// Download says hours and means it: silent.
func Download(url string) (*http.Response, error) {
	c := &http.Client{Timeout: 2 * time.Hour}
	return c.Get(url)
}

// Nanoseconds forgot the unit: it fails at once, which is a bug, but not a call that hangs. Silent.
func Nanoseconds(url string) (*http.Response, error) {
	c := &http.Client{Timeout: 30}
	return c.Get(url)
}

// ThenSet starts at 0 and is set when configured: silent.
func ThenSet(url string, limit time.Duration) (*http.Response, error) {
	c := &http.Client{Timeout: 0}
	if limit > 0 {
		c.Timeout = limit
	}
	return c.Get(url)
}

// ByContext leaves the bound to the request, which has one: silent.
func ByContext(url string) error {
	c := &http.Client{Timeout: 0}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return err
	}
	_, err = c.Do(req)
	return err
}

// Stream says 0 because the answer is a stream: silent.
func Stream(url string) (*http.Response, error) {
	c := &http.Client{Timeout: 0}
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "text/event-stream")
	return c.Do(req)
}

// ForCallers is not used here: silent.
func ForCallers() *http.Client { return &http.Client{Timeout: noTimeout} }

// Past is negative for a dialer, where it means a deadline that is over: it fails at once. Silent.
func Past(addr string) (net.Conn, error) {
	return (&net.Dialer{Timeout: -1}).Dial("tcp", addr)
}

// limit may be anything by the time it is read: silent.
var limit time.Duration

// Variable reads it.
func Variable(url string) (*http.Response, error) {
	c := &http.Client{Timeout: limit}
	return c.Get(url)
}
