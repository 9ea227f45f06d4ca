package silentfailover

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// A cluster knows which of its hosts is asked.
type cluster struct {
	hosts   []string
	current int
	client  *http.Client
}

func (c *cluster) next() { c.current = (c.current + 1) % len(c.hosts) }

// Do asks one host after the other: the address tells what has been put into it.
func (c *cluster) Do(address *url.URL) (*http.Response, error) {
	for tried := 0; tried < len(c.hosts); tried++ {
		address.Host = c.hosts[c.current]
		whole := address.String()
		resp, err := c.fetch(whole)
		if err == nil {
			return resp, nil
		}
		c.next()
	}
	return nil, errNone
}

func (c *cluster) fetch(address string) (*http.Response, error) {
	return c.client.Get(address)
}

// Run asks for one runner after the other, by what stands in the query.
func Run(client *http.Client, base string, runners []string, body string) error {
	params := url.Values{}
	delay := time.Second
	for i := 0; i < len(runners); i++ {
		if i > 0 {
			time.Sleep(delay)
			delay *= 2
		}
		params.Set("runner", runners[i])
		resp, err := client.Post(fmt.Sprintf("%s/run?%s", base, params.Encode()), "application/json", strings.NewReader(body))
		if err == nil {
			io.Copy(io.Discard, resp.Body)
			return resp.Body.Close()
		}
	}
	return errNone
}
