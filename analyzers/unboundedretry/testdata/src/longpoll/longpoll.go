// Package longpoll asks again when nothing has come about for a while.
package longpoll

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 30 * time.Second}

var errTryAgain = errors.New("still open")

func isDeadlineExceeded(err error) bool { return err == context.DeadlineExceeded }

// Outcome goes on as long as the order is open.
func Outcome(ctx context.Context, url string, long bool) (string, error) {
	for {
		outcome, err := ask(ctx, url)
		if long && (err == errTryAgain || isDeadlineExceeded(err)) {
			if ctx.Err() != nil {
				return "", ctx.Err()
			}
			continue
		}
		return outcome, err
	}
}

func ask(ctx context.Context, url string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	resp, err := client.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var order struct {
		Open    bool
		Outcome string
	}
	if err := json.NewDecoder(resp.Body).Decode(&order); err != nil {
		return "", err
	}
	if order.Open {
		return "", errTryAgain
	}
	return order.Outcome, nil
}

// Timeouts goes on after those of the server.
func Timeouts(ctx context.Context, url string) (string, error) {
	for { // want `at once|slows`
		outcome, err := ask(ctx, url)
		if err != nil && isDeadlineExceeded(err) {
			continue
		}
		return outcome, err
	}
}
