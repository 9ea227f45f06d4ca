// Package streams has calls that are meant to last, and transports that only forward: silent unless said otherwise.
package streams

import (
	"bufio"
	"net/http"
	"net/http/httputil"
	"net/url"
)

// Events subscribes to server-sent events: a Timeout would cut the stream.
func Events(url string, each func(string)) error {
	c := &http.Client{}
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Accept", "text/event-stream")
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
		each(lines.Text())
	}
	return nil
}

const eventStream = "text/event-stream"

// EventsAdd names the type in a constant and uses the default client.
func EventsAdd(url string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Add("accept", eventStream)
	return http.DefaultClient.Do(req)
}

// Feed subscribes with one call and asks for the time with another.
type Feed struct{ hc *http.Client }

// NewFeed is the place because of Time: that answer is short, and waiting for it for ever is no stream.
func NewFeed() *Feed {
	return &Feed{hc: &http.Client{}} // want "has no timeout"
}

// Subscribe is the stream.
func (f *Feed) Subscribe(url string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", eventStream)
	return f.hc.Do(req)
}

// Time is not.
func (f *Feed) Time(url string) (*http.Response, error) { return f.hc.Get(url) }

// Proxy forwards with the context of the incoming request.
func Proxy(target *url.URL) http.Handler {
	return &httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(target) },
		Transport: &http.Transport{MaxIdleConnsPerHost: 64},
	}
}

// Logged is a RoundTripper over another one: the request belongs to whoever sends it.
type Logged struct {
	Next http.RoundTripper
	Log  func(string)
}

// RoundTrip forwards a clone.
func (l *Logged) RoundTrip(req *http.Request) (*http.Response, error) {
	l.Log(req.URL.String())
	return l.Next.RoundTrip(req.Clone(req.Context()))
}

// viaClient is a RoundTripper over a client without a Timeout; the deadline is the sender's business.
type viaClient struct{ hc *http.Client }

// NewRoundTripper makes one.
func NewRoundTripper() http.RoundTripper { return viaClient{hc: &http.Client{}} }

// RoundTrip implements http.RoundTripper.
func (v viaClient) RoundTrip(req *http.Request) (*http.Response, error) { return v.hc.Do(req) }

// Func is a RoundTripper made of a function.
type Func func(*http.Request) (*http.Response, error)

// RoundTrip calls it.
func (f Func) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// Default forwards to the default client from a function literal.
func Default() http.RoundTripper {
	return Func(func(req *http.Request) (*http.Response, error) { return http.DefaultClient.Do(req) })
}
