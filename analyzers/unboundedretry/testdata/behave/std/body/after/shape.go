// Package shape sends a body.
package shape

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"example.org/behave/remote"
)

// Pause is what is waited at most.
var Pause = 10 * time.Millisecond

// Run runs it.
func Run(ctx context.Context, url string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, url, strings.NewReader("order"))
	if err != nil {
		return "", err
	}
	for range 5 {
		var resp *http.Response
		if req.GetBody != nil {
			body, err := req.GetBody()
			if err != nil {
				return "", err
			}
			req.Body = body
		}
		resp, err = remote.Client.Do(req)
		if err == nil && resp.StatusCode == http.StatusOK {
			return resp.Header.Get("Got"), resp.Body.Close()
		}
		if err == nil {
			err = &remote.StatusError{Code: resp.StatusCode}
			resp.Body.Close()
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(rand.N(Pause)):
		}
	}
	return "", err
}
