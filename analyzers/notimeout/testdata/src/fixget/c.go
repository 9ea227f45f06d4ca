package fixget

import (
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/sync/errgroup"
)

// Sixth calls from a function literal in a loop, in a file with two groups of imports.
func Sixth(urls []string) error {
	var g errgroup.Group
	for _, u := range urls {
		g.Go(func() error {
			resp, err := http.Post(u, "text/plain", strings.NewReader("ping")) // want "has no timeout"
			if err != nil {
				return err
			}
			return resp.Body.Close()
		})
	}
	return g.Wait()
}

// Seventh spreads the call over several lines.
func Seventh(base, user string) (*http.Response, error) {
	return http.PostForm( // want "has no timeout"
		base+"/login",
		url.Values{"user": {user}},
	)
}
