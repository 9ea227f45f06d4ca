package ignorescontext

import (
	"context"
	"strings"
	"time"
)

// patient waits in itself, until it is its turn or its context has ended.
func patient(ctx context.Context, url string) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-turns:
	}
	return get(ctx, url)
}

var turns = make(chan struct{})

// Alternatives sleeps for one second and two, or for one second twice, whatever an attempt waits for.
func Alternatives(ctx context.Context, url string) error {
	const limit = 3
	for attempt := 0; attempt < limit; attempt++ {
		err := patient(ctx, url)
		if err == nil {
			return nil
		}
		if strings.Contains(err.Error(), "429") && attempt < limit-1 {
			time.Sleep(time.Second << attempt)
			continue
		}
		if attempt == limit-1 {
			return err
		}
		time.Sleep(time.Second)
	}
	return errGaveUp
}

// LongAlternatives comes to seven seconds.
func LongAlternatives(ctx context.Context, url string) error {
	const limit = 4
	for attempt := 0; attempt < limit; attempt++ { // want `does not listen to ctx`
		err := patient(ctx, url)
		if err == nil {
			return nil
		}
		if strings.Contains(err.Error(), "429") && attempt < limit-1 {
			time.Sleep(time.Second << attempt)
			continue
		}
		if attempt == limit-1 {
			return err
		}
		time.Sleep(time.Second)
	}
	return errGaveUp
}

// Both sleeps twice in a round: six seconds.
func Both(ctx context.Context, url string) error {
	const limit = 3
	for attempt := 0; attempt < limit; attempt++ { // want `does not listen to ctx`
		err := patient(ctx, url)
		if err == nil {
			return nil
		}
		if strings.Contains(err.Error(), "429") {
			time.Sleep(1500 * time.Millisecond)
		}
		time.Sleep(time.Second << attempt)
	}
	return errGaveUp
}

// Squared sleeps for half a second in all.
func Squared(ctx context.Context, url string) (err error) {
	const limit = 3
	for i := 1; i <= limit; i++ {
		if err = patient(ctx, url); err == nil {
			return nil
		}
		if i+1 <= limit {
			time.Sleep(time.Duration(100*i*i) * time.Millisecond)
		}
	}
	return err
}

// SquaredLong is as if it grew by the same each time, but does not: half a second, two, and four and a half.
func SquaredLong(ctx context.Context, url string) (err error) {
	const limit = 4
	for i := 1; i <= limit; i++ { // want `does not listen to ctx`
		if err = get(ctx, url); err == nil {
			return nil
		}
		if i+1 <= limit {
			time.Sleep(time.Duration(500*i*i) * time.Millisecond)
		}
	}
	return err
}

// Before sleeps before all attempts but the first: one second, and two.
func Before(ctx context.Context, url string) (err error) {
	for i := range 3 {
		if i > 0 {
			time.Sleep(time.Duration(i) * time.Second)
		}
		if err = get(ctx, url); err == nil {
			return nil
		}
	}
	return err
}

// BeforeLong comes to six seconds.
func BeforeLong(ctx context.Context, url string) (err error) {
	for i := range 4 { // want `does not listen to ctx`
		if i > 0 {
			time.Sleep(time.Duration(i) * time.Second)
		}
		if err = get(ctx, url); err == nil {
			return nil
		}
	}
	return err
}

// Varied depends on what it was told.
func Varied(ctx context.Context, url string, unit time.Duration) (err error) {
	for i := 1; i <= 3; i++ { // want `does not listen to ctx`
		if err = get(ctx, url); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i*i) * unit)
	}
	return err
}

// Outlived goes on when its caller has gone.
func Outlived(ctx context.Context, url string) error {
	ctx = context.WithoutCancel(ctx)
	var err error
	for attempt := range 4 {
		if err = get(ctx, url); err == nil {
			return nil
		}
		time.Sleep(time.Duration(attempt+1) * 3 * time.Second)
	}
	return err
}

// Kept has a copy that outlives its caller for something else.
func Kept(ctx context.Context, url string) error {
	go get(context.WithoutCancel(ctx), url)
	var err error
	for attempt := range 4 { // want `time.Sleep between the attempts at get does not listen to ctx`
		if err = get(ctx, url); err == nil {
			return nil
		}
		time.Sleep(time.Duration(attempt+1) * 3 * time.Second)
	}
	return err
}
