package httpclient_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/resilint/resilint/runtime/bulkhead"
	"github.com/resilint/resilint/runtime/httpclient"
)

func TestTimeoutAddsNothingElse(t *testing.T) {
	for _, c := range []struct {
		got  *http.Client
		want time.Duration
	}{
		{httpclient.Default, 30 * time.Second},
		{httpclient.Timeout(time.Second), time.Second},
		{httpclient.Timeout(0), 30 * time.Second},
		{httpclient.Timeout(-1), 30 * time.Second},
	} {
		if c.got.Timeout != c.want || c.got.Transport != nil || c.got.Jar != nil || c.got.CheckRedirect != nil {
			t.Errorf("%+v, want a timeout of %v alone", c.got, c.want)
		}
	}
}

// roundTripper is a transport of the test's own.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestWrap(t *testing.T) {
	used := 0
	own := &http.Client{Timeout: time.Minute, Transport: roundTripper(func(*http.Request) (*http.Response, error) {
		used++
		return &http.Response{StatusCode: 200, Body: http.NoBody}, nil
	})}
	before := *own
	c := httpclient.Wrap(own, "catalog")
	resp, err := c.Get("http://catalog.internal/")
	if err != nil || used != 1 || resp.StatusCode != 200 {
		t.Errorf("%v, own transport used %d times", err, used)
	}
	if c.Timeout != time.Minute || own.Timeout != before.Timeout || c == own {
		t.Errorf("timeout %v", c.Timeout)
	}
	if httpclient.Wrap(nil, "catalog").Transport == nil {
		t.Error("nil is not wrapped")
	}
}

// As many connections as the bulkhead admits requests: more would never be used, and fewer would
// make admitted requests wait.
func TestOwnTransport(t *testing.T) {
	replaced := http.DefaultTransport
	defer func() { http.DefaultTransport = replaced }()

	http.DefaultTransport = &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		return nil, io.ErrClosedPipe
	}}
	c := httpclient.New("catalog", httpclient.WithBulkhead(bulkhead.New("catalog", bulkhead.Config{Max: 7})))
	if _, err := c.Get("http://catalog.internal/"); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("http.DefaultTransport's dialer is not used: %v", err)
	}
	called := false
	http.DefaultTransport = roundTripper(func(*http.Request) (*http.Response, error) {
		called = true
		return &http.Response{StatusCode: 200, Body: http.NoBody}, nil
	})
	if _, err := httpclient.New("catalog").Get("http://catalog.internal/"); err != nil || !called {
		t.Errorf("a replaced http.DefaultTransport is not used: %v", err)
	}
}
