// Package givenaway gives clients, or the addresses of their fields, to code that may set
// them: silent.
package givenaway

import (
	"encoding/json"
	"flag"
	"net/http"
	"time"

	"example.org/httpkit"
)

// FromFlag has its timeout on the command line.
func FromFlag(args []string, url string) error {
	c := &http.Client{}
	flags := flag.NewFlagSet("fetch", flag.ContinueOnError)
	flags.DurationVar(&c.Timeout, "timeout", 10*time.Second, "give up after")
	if err := flags.Parse(args); err != nil {
		return err
	}
	_, err := c.Get(url)
	return err
}

// FromJSON has it in a file.
func FromJSON(config []byte, url string) (*http.Response, error) {
	c := &http.Client{}
	if err := json.Unmarshal(config, c); err != nil {
		return nil, err
	}
	return c.Get(url)
}

// Replaced is overwritten as a whole by a helper.
func Replaced(url string) (*http.Response, error) {
	c := &http.Client{}
	reset(c)
	return c.Get(url)
}

func reset(c *http.Client) { *c = http.Client{Timeout: 10 * time.Second} }

// Foreign uses a client that is a field of another package's struct.
func Foreign(kit *httpkit.Kit, url string) (*http.Response, error) {
	return kit.Plain.Get(url)
}

// API has a client for its users to set.
type API struct{ HTTP http.Client }

// Fetch uses what they set.
func (a *API) Fetch(url string) (*http.Response, error) { return a.HTTP.Get(url) }

// MethodValue calls through a variable: the receiver counts.
func MethodValue(url string) (*http.Response, error) {
	c := &http.Client{Timeout: 10 * time.Second}
	get := c.Get
	return get(url)
}

// UnboundedValue does so with a client that has none.
func UnboundedValue(url string) (*http.Response, error) {
	c := &http.Client{} // want "has no timeout"
	get := c.Get
	return get(url)
}

// InProcess never leaves the process: its transport answers by itself.
func InProcess(url string) (*http.Response, error) {
	c := &http.Client{Transport: canned{}}
	return c.Get(url)
}

type canned struct{}

func (canned) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody}, nil
}
