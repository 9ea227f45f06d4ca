package client

import (
	"log"
	"net/http"
	"net/http/cookiejar"
	"time"
)

// shared is used by Alpha and Beta: one construction, one finding.
var shared = &http.Client{} // want "has no timeout"

// fallback stores the default client: the line that stores it is the place.
var fallback = http.DefaultClient // want "has no timeout"

// zeroed is constructed by its declaration.
var zeroed http.Client // want "has no timeout"

// Alpha uses the package's client.
func Alpha(base string) (*http.Response, error) { return shared.Get(base + "/alpha") }

// Beta uses the same one.
func Beta(base string) (*http.Response, error) { return shared.Get(base + "/beta") }

// Fallback uses the stored default client.
func Fallback(url string) (*http.Response, error) { return fallback.Get(url) }

// Zeroed uses the declared value.
func Zeroed(url string) (*http.Response, error) { return zeroed.Get(url) }

// Empty is the literal next to its call.
func Empty(url string) (*http.Response, error) {
	c := &http.Client{} // want "has no timeout"
	return c.Get(url)
}

// Value is the literal without &.
func Value(url string) (*http.Response, error) {
	c := http.Client{} // want "has no timeout"
	return c.Get(url)
}

// New is a zero client behind a pointer.
func New(url string) (*http.Response, error) {
	c := new(http.Client) // want "has no timeout"
	return c.Get(url)
}

// Var is a zero client in a variable.
func Var(url string) (*http.Response, error) {
	var c http.Client // want "has no timeout"
	return c.Get(url)
}

// Inline has no variable at all.
func Inline(url string) (*http.Response, error) {
	return (&http.Client{}).Get(url) // want "has no timeout"
}

// LooksTuned sets two fields that bound nothing.
func LooksTuned(url string) (*http.Response, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	c := &http.Client{ // want "has no timeout"
		Jar: jar,
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}
	return c.Get(url)
}

// ManyCalls is one finding however often the client is used.
func ManyCalls(base string) {
	c := &http.Client{} // want "has no timeout"
	for _, path := range []string{"/a", "/b"} {
		c.Get(base + path)
		c.Head(base + path)
	}
	go c.Post(base+"/done", "text/plain", nil)
}

// TwoBuilds constructs one client a branch: both lines have to change.
func TwoBuilds(url string, follow bool) (*http.Response, error) {
	var c *http.Client
	if follow {
		c = &http.Client{} // want "has no timeout"
	} else {
		c = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }} // want "has no timeout"
	}
	return c.Get(url)
}

// MixedBranches is bounded in one branch only.
func MixedBranches(url string, slow bool) (*http.Response, error) {
	c := &http.Client{Timeout: 5 * time.Second}
	if slow {
		c = &http.Client{} // want "has no timeout"
	}
	return c.Get(url)
}

// Captured uses the client inside a function literal.
func Captured(urls []string) {
	c := &http.Client{} // want "has no timeout"
	fetch := func(url string) error {
		resp, err := c.Get(url)
		if err != nil {
			return err
		}
		return resp.Body.Close()
	}
	for _, u := range urls {
		go fetch(u)
	}
}

// Copied calls a copy: the value still comes from the literal.
func Copied(url string) (*http.Response, error) {
	base := http.Client{}
	mine := base // want "has no timeout"
	return mine.Get(url)
}

// NeverApplied computes a timeout, logs it and forgets it.
func NeverApplied(url string, seconds int) (*http.Response, error) {
	timeout := time.Duration(seconds) * time.Second
	log.Printf("calling %s with timeout %s", url, timeout)
	c := &http.Client{} // want "has no timeout"
	return c.Get(url)
}

// Printed hands the client to a function of the standard library, which changes nothing.
func Printed(url string) (*http.Response, error) {
	c := &http.Client{} // want "has no timeout"
	log.Printf("client %+v", c)
	return c.Get(url)
}

// PassedDefault passes the default client to a helper: the argument is the place.
func PassedDefault(url string) error {
	return fetch(http.DefaultClient, url) // want "has no timeout"
}

// PassedLiteral passes its own client; the helper's call is only related.
func PassedLiteral(url string) error {
	c := &http.Client{} // want "has no timeout"
	return fetch(c, url)
}

// PassedBounded goes through the same helper and is fine.
func PassedBounded(url string) error {
	return fetch(&http.Client{Timeout: 3 * time.Second}, url)
}

func fetch(c *http.Client, url string) error {
	resp, err := c.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
