// Package silentperiodic does something every now and then.
package silentperiodic

import (
	"context"
	"log"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

func refresh(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Ticker works at each tick.
func Ticker(ctx context.Context, url string) {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := refresh(ctx, url); err != nil {
				log.Print(err)
			}
		}
	}
}

// Ranged ranges over the ticks.
func Ranged(ctx context.Context, url string) {
	for range time.Tick(time.Second) {
		if err := refresh(ctx, url); err != nil {
			log.Print(err)
			continue
		}
	}
}

// Sleeping sleeps in between.
func Sleeping(url string) {
	for {
		if err := refresh(context.Background(), url); err != nil {
			log.Print(err)
		}
		time.Sleep(10 * time.Second)
	}
}

// Sooner comes back sooner where it failed.
func Sooner(ctx context.Context, url string) {
	for {
		wait := time.Minute
		if err := refresh(ctx, url); err != nil {
			log.Print(err)
			wait = 5 * time.Second
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return
		}
	}
}
