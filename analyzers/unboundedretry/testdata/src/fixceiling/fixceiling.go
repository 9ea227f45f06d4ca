// Package fixceiling has retries whose delay gets a ceiling.
package fixceiling

import (
	"context"
	"math"
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

// Doubles multiplies a variable.
func Doubles(url string) error {
	var err error
	delay := time.Second
	for range 20 { // want "doubles without a ceiling"
		if err = send(url); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 2
	}
	return err
}

// Assigns sets a variable.
func Assigns(ctx context.Context, url string) error {
	var err error
	delay := time.Second
	for range 20 { // want "doubles without a ceiling"
		if err = send(url); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(delay):
		}
		delay = time.Duration(float64(delay) * 1.5)
	}
	return err
}

// Shifts shifts by the number of the attempt.
func Shifts(ctx context.Context, url string) error {
	var err error
	for attempt := range 20 { // want "doubles without a ceiling"
		if err = send(url); err == nil {
			return nil
		}
		time.Sleep(time.Duration(1<<uint(attempt)) * 100 * time.Millisecond)
	}
	return err
}

// Power raises two to that number.
func Power(url string) error {
	var err error
	for attempt := 0; attempt < 20; attempt++ { // want "doubles without a ceiling"
		if err = send(url); err == nil {
			return nil
		}
		delay := time.Duration(math.Pow(2, float64(attempt))) * time.Second
		time.Sleep(delay)
	}
	return err
}
