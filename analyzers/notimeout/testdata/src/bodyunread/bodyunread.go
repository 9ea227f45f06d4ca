// Package bodyunread has clients that give up on response headers and not on the body, which some
// of its functions read, and some do not.
package bodyunread

import (
	"encoding/json"
	"io"
	"net/http"
	"time"

	"bodyunread/probe"
)

// newTransport bounds everything but the body.
func newTransport() *http.Transport {
	return &http.Transport{TLSHandshakeTimeout: time.Second, ResponseHeaderTimeout: time.Second}
}

// Status looks at the status alone: silent.
func Status(url string) (int, error) {
	c := &http.Client{Transport: newTransport()}
	resp, err := c.Get(url)
	if err != nil {
		return 0, err
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return resp.StatusCode, nil
	}
	return 0, nil
}

// Headers looks at the headers, too: silent.
func Headers(url string) (string, error) {
	c := &http.Client{Transport: newTransport()}
	req, err := http.NewRequest(http.MethodHead, url, nil)
	if err != nil {
		return "", err
	}
	resp, err := c.Do(req)
	if err != nil {
		return "", err
	}
	defer func() { _ = resp.Body.Close() }()
	if len(resp.Cookies()) > 0 {
		return resp.Status, nil
	}
	return resp.Header.Get("ETag"), nil
}

// Reachable only asks whether there is an answer: silent.
func Reachable(url string) bool {
	c := &http.Client{Transport: newTransport()}
	var resp *http.Response
	var err error
	for range 3 {
		if resp, err = c.Get(url); err == nil {
			closeBody(resp)
			return true
		}
	}
	return false
}

func closeBody(resp *http.Response) {
	if resp != nil && resp.Body != nil {
		defer resp.Body.Close()
	}
}

// Plain leaves the TLS handshake alone; that its server speaks TLS cannot be seen: silent.
func Plain(url string) error {
	c := &http.Client{Transport: &http.Transport{ResponseHeaderTimeout: time.Second}}
	resp, err := c.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Secure speaks TLS.
func Secure() error {
	c := &http.Client{Transport: &http.Transport{ResponseHeaderTimeout: time.Second}} // want `this http.Client gives up on response headers, but not on TLS handshakes: if example.org accepts connections and goes quiet`
	resp, err := c.Get("https://example.org/health")
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Decoded reads the body.
func Decoded(url string, v any) error {
	c := &http.Client{Transport: newTransport()} // want "response body"
	resp, err := c.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(v)
}

// Drained reads it to the end, to use the connection again.
func Drained(url string) error {
	c := &http.Client{Transport: newTransport()} // want "response body"
	resp, err := c.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

// Explained reads it when something went wrong.
func Explained(url string) (string, error) {
	c := &http.Client{Transport: newTransport()} // want "response body"
	resp, err := c.Get(url)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 400 {
		return explain(resp)
	}
	return "", nil
}

func explain(resp *http.Response) (string, error) {
	text, err := io.ReadAll(resp.Body)
	return string(text), err
}

// Opened returns the body.
func Opened(url string) (io.ReadCloser, error) {
	c := &http.Client{Transport: newTransport()} // want "response body"
	resp, err := c.Get(url)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

// Kept stores the response.
func (k *Keeper) Kept(url string) (err error) {
	c := &http.Client{Transport: newTransport()} // want "response body"
	k.last, err = c.Get(url)
	return err
}

// A Keeper has a response.
type Keeper struct{ last *http.Response }

// Shown gives it to a function it does not know.
func Shown(url string, show func(*http.Response)) error {
	c := &http.Client{Transport: newTransport()} // want "response body"
	resp, err := c.Get(url)
	if err != nil {
		return err
	}
	show(resp)
	return resp.Body.Close()
}

// Later reads it in a function literal.
func Later(url string) (read func() ([]byte, error), err error) {
	c := &http.Client{Transport: newTransport()} // want "response body"
	resp, err := c.Get(url)
	if err != nil {
		return nil, err
	}
	return func() ([]byte, error) { return io.ReadAll(resp.Body) }, nil
}

// Probed sends through another package, which does not read it: silent.
func Probed(url string) bool { return probe.Up(&http.Client{Transport: newTransport()}, url) }

// Fetched sends through one that does.
func Fetched(url string) ([]byte, error) {
	return probe.Fetch(&http.Client{Transport: newTransport()}, url) // want "response body"
}
