// Package bounds has loops that end in many ways.
package bounds

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync/atomic"
	"time"
)

var client = &http.Client{Timeout: time.Second}

func get(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

func none(ctx context.Context, url string) {
	for { // want `^loop bounds=none at once: get$`
		if err := get(ctx, url); err == nil {
			return
		}
	}
}

func deadline(ctx context.Context, url string, at time.Time) {
	for time.Now().Before(at) { // want `bounds=time`
		if err := get(ctx, url); err == nil {
			return
		}
	}
}

func since(ctx context.Context, url string) error {
	start := time.Now()
	for { // want `bounds=time`
		err := get(ctx, url)
		if err == nil || time.Since(start) > time.Minute {
			return err
		}
	}
}

func slowed(ctx context.Context, url string) error {
	delay := time.Second
	for { // want `bounds=time exponential even delay=1s`
		err := get(ctx, url)
		if err == nil || delay > time.Minute {
			return err
		}
		time.Sleep(delay)
		delay *= 2
	}
}

func timer(ctx context.Context, url string) error {
	end := time.After(time.Minute)
	for { // want `bounds=(time|other)`
		err := get(ctx, url)
		if err == nil {
			return nil
		}
		select {
		case <-end:
			return err
		case <-time.After(time.Second):
		}
	}
}

func done(ctx context.Context, url string) error {
	for { // want `bounds=context constant even delay=1s: get`
		if err := get(ctx, url); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

func doneLast(ctx context.Context, url string) error {
	for { // want `bounds=context`
		if err := get(ctx, url); err == nil {
			return nil
		}
		select {
		case <-time.After(time.Second):
			continue
		case <-ctx.Done():
		}
		return ctx.Err()
	}
}

func asked(ctx context.Context, url string) error {
	for { // want `bounds=context constant even delay=1s sleeps through ctx: get`
		err := get(ctx, url)
		if err == nil || ctx.Err() != nil {
			return err
		}
		time.Sleep(time.Second)
	}
}

func canceled(ctx context.Context, url string) error {
	for { // want `bounds=context`
		err := get(ctx, url)
		if err == nil || errors.Is(err, context.Canceled) {
			return err
		}
	}
}

func helper(ctx context.Context, url string) error {
	for { // want `bounds=context constant even delay=1s: get`
		if err := get(ctx, url); err == nil {
			return nil
		}
		if err := sleep(ctx, time.Second); err != nil {
			return err
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func stopped(ctx context.Context, url string, stop chan struct{}) {
	for { // want `bounds=other`
		if err := get(ctx, url); err == nil {
			return
		}
		select {
		case <-stop:
			return
		default:
		}
	}
}

func flagged(ctx context.Context, url string, closed *atomic.Bool) {
	for !closed.Load() { // want `bounds=other`
		if err := get(ctx, url); err == nil {
			return
		}
	}
}

func gated(ctx context.Context, url string) error {
	for { // want `bounds=none`
		err := get(ctx, url)
		if err == nil || !temporary(err) {
			return err
		}
	}
}

func temporary(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) }

func begun(ctx context.Context, url string) error {
	err := get(ctx, url)
	for count := 0; err != nil && count < 3; count++ { // want `attempts=4 bounds=attempts`
		err = get(ctx, url)
	}
	return err
}

// filtered ends with ctx: what comes of its end is another error.
func filtered(ctx context.Context, url string) error {
	for { // want `bounds=context`
		err := get(ctx, url)
		if errors.Is(err, io.ErrUnexpectedEOF) {
			continue
		}
		return err
	}
}

type budget struct{ left int }

func (b *budget) take() bool {
	b.left--
	return b.left >= 0
}

func budgeted(ctx context.Context, url string, b *budget) {
	for b.take() { // want `bounds=(attempts|other) at once`
		if err := get(ctx, url); err == nil {
			return
		}
	}
}

type policy interface {
	Again(err error) bool
}

func policed(ctx context.Context, url string, p policy) error {
	for { // want `bounds=other`
		err := get(ctx, url)
		if err == nil || !p.Again(err) {
			return err
		}
	}
}

func either(ctx context.Context, url string) error {
	for i := 0; i < 3 && ctx.Err() == nil; i++ { // want `attempts=3 bounds=attempts,context`
		if err := get(ctx, url); err == nil {
			return nil
		}
	}
	return ctx.Err()
}
