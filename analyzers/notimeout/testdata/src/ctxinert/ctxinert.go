// Package ctxinert passes contexts without a deadline to functions that do not wait for a peer under them: silent.
package ctxinert

import (
	"bufio"
	"context"
	"fmt"
	"log"
	"net/http"
	"os/exec"
	"strings"
	"time"
)

// build makes a request and leaves it to others to send.
func build(ctx context.Context, url string) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	return req, nil
}

func Build() (*http.Request, error) { return build(context.Background(), "a") }

func logged(ctx context.Context, text string) { log.Println(ctx.Value(key{}), text) }

type key struct{}

func Logged() { logged(context.Background(), "a") }

// local runs a program, which is not a peer.
func local(ctx context.Context) error { return exec.CommandContext(ctx, "true").Run() }

func Local() error { return local(context.Background()) }

// beside takes a context and asks without it: that is the call's finding, not the caller's.
func beside(ctx context.Context, url string) error {
	fmt.Println(ctx.Value(key{}))
	_, err := http.Get(url) // want "http.Get has no timeout"
	return err
}

func Beside() error { return beside(context.Background(), "a") }

// client holds what it needs to send, and sends nothing.
type client struct{ hc *http.Client }

func dial(ctx context.Context) *client {
	if ctx.Err() != nil {
		return nil
	}
	return &client{hc: &http.Client{Timeout: time.Second}}
}

func Dial() bool { return dial(context.Background()) != nil }

// events reads a stream, which ends when it is cancelled.
func events(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Accept", "text/event-stream")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
		if data, ok := strings.CutPrefix(lines.Text(), "data:"); ok {
			fmt.Println(data)
		}
	}
	return nil
}

func Events() error { return events(context.Background(), "a") }

// follow leaves the kind of response to a helper.
func follow(ctx context.Context, url string) error { return events(ctx, url+"/events") }

func Follow() error { return follow(context.Background(), "a") }
