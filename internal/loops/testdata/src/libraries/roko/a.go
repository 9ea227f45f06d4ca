package roko

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/buildkite/roko"
)

func send(*roko.Retrier) error {
	_, err := http.Get("https://example.org/")
	return err
}

func good(ctx context.Context) {
	roko.NewRetrier( // want `^buildkite/roko: attempts=5 bounds=attempts,context growth=exponential jitter=random delay=1s$`
		roko.WithMaxAttempts(5),
		roko.WithStrategy(roko.Exponential(2*time.Second, 0)),
		roko.WithJitter(),
	).DoWithContext(ctx, send)
}

func withoutContext(ctx context.Context) {
	roko.NewRetrier( // want `attempts=10 bounds=attempts growth=constant jitter=none delay=5s ignores=ctx$`
		roko.WithMaxAttempts(10),
		roko.WithStrategy(roko.Constant(5*time.Second)),
	).Do(send)
}

func forever() {
	r := roko.NewRetrier(roko.TryForever(), roko.WithStrategy(roko.Constant(time.Second)), roko.WithJitterRange(-time.Second, time.Second)) // want `attempts=0 bounds=none growth=constant jitter=random delay=1s$`
	r.Do(send)
}

func subsecond(ctx context.Context) {
	roko.DoFunc(ctx, roko.NewRetrier(roko.WithMaxAttempts(10), roko.WithStrategy(roko.ExponentialSubsecond(time.Second))), func(r *roko.Retrier) (int, error) { return 0, send(r) }) // want `attempts=10 bounds=attempts,context growth=exponential jitter=none delay=1s$`
}

func overflow() {
	roko.NewRetrier(roko.WithMaxAttempts(10), roko.WithStrategy(roko.Exponential(5*time.Second, 0)), roko.WithJitter()).Do(send) // want `attempts=10 bounds=attempts growth=exponential jitter=random delay=1s wraps$`
}

func breaks() {
	roko.NewRetrier(roko.TryForever(), roko.WithStrategy(roko.Constant(time.Second))).Do(func(r *roko.Retrier) error { // want `attempts=0 bounds=none growth=constant`
		r.Break()
		return send(r)
	})
	roko.NewRetrier(roko.TryForever(), roko.WithStrategy(roko.Constant(time.Second))).Do(func(r *roko.Retrier) error { // want `attempts=0 bounds=other growth=opaque jitter=opaque`
		if r.AttemptCount() > 10 {
			r.Break()
		}
		r.SetNextInterval(time.Second)
		return send(r)
	})
}

// told waits for as long as the server says, if it says something.
func told(ctx context.Context) {
	r := roko.NewRetrier(roko.WithMaxAttempts(10), roko.WithStrategy(roko.Constant(3*time.Second))) // want `attempts=10 bounds=attempts,context growth=constant jitter=none delay=3s$`
	r.DoWithContext(ctx, func(r *roko.Retrier) error {
		resp, err := http.Get("https://example.org/")
		if err == nil {
			return nil
		}
		if resp == nil {
			return err
		}
		switch resp.StatusCode {
		case http.StatusForbidden:
			r.Break()
			return errForbidden
		case http.StatusLocked:
			r.SetNextInterval(time.Minute)
			return err
		default:
			return err
		}
	})
}

var errForbidden = errors.New("forbidden")

// always says itself how long it is to wait.
func always(ctx context.Context) {
	r := roko.NewRetrier(roko.WithMaxAttempts(10), roko.WithStrategy(roko.Constant(3*time.Second))) // want `attempts=10 bounds=attempts,context growth=opaque jitter=opaque`
	r.DoWithContext(ctx, func(r *roko.Retrier) error {
		_, err := http.Get("https://example.org/")
		if err == nil {
			return nil
		}
		r.SetNextInterval(time.Duration(rand.N(10)) * time.Second)
		return err
	})
}

func opaque(s roko.Strategy, n int) {
	roko.NewRetrier(roko.WithMaxAttempts(n), roko.WithStrategy(s, "own")).Do(send) // want `attempts=0 bounds=attempts growth=opaque jitter=opaque$`
	roko.NewRetrier(roko.WithMaxAttempts(3), func(*roko.Retrier) {}).Do(send)      // want `attempts=0 bounds=attempts,other growth=opaque jitter=opaque`
}
