// Package fixjitter has retries whose delay gets jitter: half of it stays.
package fixjitter

import (
	"context"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

func send(url string) error {
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Variable waits for what a variable holds.
func Variable(url string) error {
	var err error
	delay := 100 * time.Millisecond
	for range 6 { // want "wait equally long"
		if err = send(url); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 2
	}
	return err
}

// Expression computes the delay where it waits.
func Expression(url string) error {
	var err error
	for attempt := range 8 { // want "wait equally long"
		if err = send(url); err == nil {
			return nil
		}
		time.Sleep(time.Duration(1<<attempt) * time.Second)
	}
	return err
}

// Given may be given no delay at all.
func Given(url string, delay time.Duration) error {
	var err error
	for range 6 { // want "wait equally long"
		if err = send(url); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 2
	}
	return err
}

// Constant waits for a number of seconds.
func Constant(url string) error {
	var err error
	for range 8 { // want "every 2s"
		if err = send(url); err == nil {
			return nil
		}
		time.Sleep(2 * time.Second)
	}
	return err
}

const interval = 3 * time.Second

// Name waits for a constant.
func Name(url string) error {
	var err error
	for range 8 { // want "every 3s"
		if err = send(url); err == nil {
			return nil
		}
		time.Sleep(interval)
	}
	return err
}

// Unit waits for a second.
func Unit(url string) error {
	var err error
	for range 8 { // want "every 1s"
		if err = send(url); err == nil {
			return nil
		}
		<-time.After(time.Second)
	}
	return err
}

// Select waits for either.
func Select(ctx context.Context, url string) error {
	var err error
	for attempt := range 8 { // want "wait equally long"
		if err = send(url); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(attempt+1) * time.Second):
		}
	}
	return err
}

// Timer waits for a timer.
func Timer(ctx context.Context, url string) error {
	var err error
	delay := time.Second
	for range 8 { // want "wait equally long"
		if err = send(url); err == nil {
			return nil
		}
		timer := time.NewTimer(delay)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		}
		delay *= 2
	}
	return err
}

// Sleeps does not listen, either.
func Sleeps(ctx context.Context, url string) error {
	var err error
	for attempt := range 6 { // want "wait equally long"
		if err = send(url); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond << attempt)
	}
	return err
}

// Taken has another delay.
func Taken(url string, delay, wait int) error {
	var err error
	for attempt := range 8 { // want "wait equally long"
		if err = send(url); err == nil {
			return nil
		}
		time.Sleep(time.Second << attempt)
	}
	_, _ = delay, wait
	return err
}

// AtOnce does not wait: no edit.
func AtOnce(url string) error {
	var err error
	for range 4 { // want "is called again at once"
		if err = send(url); err == nil {
			return nil
		}
	}
	return err
}

// Untyped is a number of nanoseconds only where it is passed: no edit.
func Untyped(url string) error {
	var err error
	for attempt := range 8 { // want "wait equally long"
		if err = send(url); err == nil {
			return nil
		}
		time.Sleep(1e9 << attempt)
	}
	return err
}
