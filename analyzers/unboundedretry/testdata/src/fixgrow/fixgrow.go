// Package fixgrow has retries that go on until a context ends, whose delay is to grow.
package fixgrow

import (
	"context"
	"log"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

var errDown error

func send(url string) error {
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Sleeps takes no notice of the context, either.
func Sleeps(ctx context.Context, url string) error {
	for { // want "nothing ends this retry"
		err := send(url)
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}

// Comments has some beside the wait.
func Comments(ctx context.Context, url string) error {
	// Until it is there.
	for { // want "nothing ends this retry"
		err := send(url)
		if err == nil {
			return nil
		}
		log.Print(err)
		time.Sleep(5 * time.Second) // give it time
	}
}

// Selects waits for either.
func Selects(ctx context.Context, url string) error {
	for { // want "every 2s"
		err := send(url)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(2 * time.Second): // a while
		}
	}
}

// GoesOn goes on in the case.
func GoesOn(ctx context.Context, url string) error {
	for { // want "every 2s"
		err := send(url)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(2 * time.Second):
			log.Print(err)
			continue
		}
	}
}

var interval = time.Second

// Asks asks for the end of the context before it waits.
func Asks(ctx context.Context, url string) error {
	for { // want "every 1s"
		err := send(url)
		switch err {
		case nil:
			return nil
		case errDown:
			log.Print("down")
		default:
			log.Print(err)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		<-time.After(interval)
	}
}

const pause = 3 * time.Second

// Twice waits at two places.
func Twice(ctx context.Context, url string) error {
	for ctx.Err() == nil { // want "every 3s"
		err := send(url)
		if err == nil {
			return nil
		}
		if err == errDown {
			log.Print("down")
			<-time.After(pause)
			continue
		}
		<-time.After(pause)
	}
	return ctx.Err()
}

// Both has two of them, and a variable of that name where it waits in a third.
func Both(ctx context.Context, url string) error {
	for ctx.Err() == nil { // want "every 3s"
		if send(url) == nil {
			break
		}
		<-time.After(pause)
	}
	for ctx.Err() == nil { // want "every 3s"
		if send(url) == nil {
			break
		}
		<-time.After(pause)
	}
	for ctx.Err() == nil { // want "every 3s"
		retryDelay := send(url)
		if retryDelay == nil {
			break
		}
		<-time.After(pause)
	}
	return ctx.Err()
}

// Timer waits for a timer.
func Timer(ctx context.Context, url string) error {
	for { // want "every 3s"
		err := send(url)
		if err == nil {
			return nil
		}
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		}
	}
}

// Labelled has a label.
func Labelled(ctx context.Context, url string) error {
attempts:
	for { // want "every 3s"
		err := send(url)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			break attempts
		case <-time.After(pause):
		}
	}
	return ctx.Err()
}

// Jumps is no loop by name.
func Jumps(ctx context.Context, url string) error {
again: // want "every 3s"
	err := send(url)
	if err != nil && ctx.Err() == nil {
		<-time.After(pause)
		goto again
	}
	return err
}

// Differs waits for one time or another: no edit.
func Differs(ctx context.Context, url string) error {
	for ctx.Err() == nil { // want "called again"
		err := send(url)
		if err == nil {
			return nil
		}
		if err == errDown {
			<-time.After(2 * pause)
			continue
		}
		<-time.After(pause)
	}
	return ctx.Err()
}

// Over would jump over the declaration: no edit.
func Over(ctx context.Context, url string) error {
	if url == "" {
		goto end
	}
	for ctx.Err() == nil { // want "every 3s"
		if send(url) == nil {
			return nil
		}
		<-time.After(pause)
	}
end:
	return ctx.Err()
}

// Untyped is a number of nanoseconds only where it is passed: no edit.
func Untyped(ctx context.Context, url string) error {
	for ctx.Err() == nil { // want "every 3s"
		if send(url) == nil {
			return nil
		}
		<-time.After(3e9)
	}
	return ctx.Err()
}

// Endless ends with nothing: no edit. After how many attempts?
func Endless(url string) error {
	for { // want "nothing ends this retry"
		if send(url) == nil {
			return nil
		}
		time.Sleep(pause)
	}
}
