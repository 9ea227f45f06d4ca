// Package library retries by library.
package library

import (
	"context"
	"net/http"
	"time"

	"github.com/cenkalti/backoff/v4"
)

var client = &http.Client{Timeout: time.Second}

func get(url string) error {
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func Constant(ctx context.Context, url string) error {
	policy := backoff.WithContext(backoff.NewConstantBackOff(time.Second), ctx) // want `get is called again every 1s, however long it has failed`
	return backoff.Retry(func() error { return get(url) }, policy)
}

func ForEver(url string) error {
	policy := backoff.NewExponentialBackOff() // want `nothing ends this retry: while get fails, it is called again, for ever; limit the attempts, or the time for them`
	policy.MaxElapsedTime = 0
	return backoff.Retry(func() error { return get(url) }, policy)
}

func Heedless(ctx context.Context, url string) error {
	return backoff.Retry(func() error { return get(url) }, backoff.NewExponentialBackOff()) // want `the wait of cenkalti/backoff between the attempts at get does not listen to ctx.*; pass it ctx`
}

func Well(ctx context.Context, url string) error {
	return backoff.Retry(func() error { return get(url) }, backoff.WithContext(backoff.NewExponentialBackOff(), ctx))
}

// Local attempts nothing that leaves the process.
func Local(parse func() error) error {
	return backoff.Retry(func() error { return nil }, backoff.NewConstantBackOff(time.Second))
}

func ByHand(url string) {
	policy := backoff.NewExponentialBackOff()
	for get(url) != nil { // want `NextBackOff returns backoff.Stop, which is -1: the loop does not wait any more, and spins; leave the loop at backoff.Stop`
		time.Sleep(policy.NextBackOff())
	}
}
