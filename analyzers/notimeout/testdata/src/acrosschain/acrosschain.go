// Package acrosschain hands clients without a timeout to a package that hands them to the one that sends.
package acrosschain

import (
	"context"
	"net/http"
	"time"

	"acrosschain/gateway"
)

func Through() error {
	return gateway.Fetch(&http.Client{}, "a") // want "this http.Client has no timeout"
}

func Held() error {
	g := gateway.New(&http.Client{}) // want "this http.Client has no timeout"
	return g.Fetch("a")
}

func Accessor() error {
	req, err := gateway.Request(context.Background(), "a")
	if err != nil {
		return err
	}
	_, err = gateway.Bounded().Do(req) // a client with a timeout, from two packages away
	return err
}

func Request() error {
	req, err := gateway.Request(context.Background(), "a")
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req) // want "has no timeout"
	return err
}

// Silent: bounded in one of the three packages.
func Silent() {
	_ = gateway.Fetch(gateway.Bounded(), "a")
	_ = gateway.Quickly(&http.Client{}, "a")
	_ = gateway.New(&http.Client{Timeout: time.Second}).Fetch("a")
	ctx, cancel := gateway.Context()
	defer cancel()
	req, _ := gateway.Request(ctx, "a")
	http.DefaultClient.Do(req)
}
