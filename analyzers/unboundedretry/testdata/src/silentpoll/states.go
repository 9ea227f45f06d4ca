package silentpoll

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os/exec"
	"time"
)

// Result goes on for 202 alone: every failure ends it.
func Result(ctx context.Context, c *http.Client, url string) ([]byte, error) {
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return nil, err
		}
		resp, err := c.Do(req)
		if err != nil {
			return nil, err
		}
		text, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			return nil, err
		}
		switch resp.StatusCode {
		case http.StatusOK:
			return text, nil
		case http.StatusAccepted:
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(2 * time.Second):
			}
		default:
			return nil, errors.New(resp.Status)
		}
	}
}

// Started starts the program before it waits for it.
func Started(addr string, argv ...string) (net.Conn, error) {
	if err := exec.Command(argv[0], argv[1:]...).Start(); err != nil {
		return nil, err
	}
	end := time.Now().Add(10 * time.Second)
	for {
		conn, err := net.Dial("tcp", addr)
		if err == nil {
			return conn, nil
		}
		if time.Now().After(end) {
			return nil, err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// Phase has two of them.
func Phase(c *http.Client, url string) (resp *http.Response, err error) {
	phase := 0
	for {
		resp, err = c.Get(url)
		if err == nil || phase == 1 {
			return resp, err
		}
		phase = 1
	}
}
