package cenkalti4

import (
	"context"
	"net/http"
	"time"

	"github.com/cenkalti/backoff/v4"
)

func send() error {
	_, err := http.Get("https://example.org/")
	return err
}

type config struct {
	retries uint64
	tries   uint
	most    time.Duration
}

func defaults(ctx context.Context) error {
	return backoff.Retry(send, backoff.WithContext(backoff.NewExponentialBackOff(), ctx)) // want `^cenkalti/backoff: attempts=0 bounds=time,context growth=exponential jitter=random delay=500ms ceiling=1m0s$`
}

func withoutContext(ctx context.Context) error {
	return backoff.Retry(send, backoff.NewExponentialBackOff()) // want `attempts=0 bounds=time growth=exponential jitter=random delay=500ms ceiling=1m0s ignores=ctx$`
}

func noContextAtHand() error {
	return backoff.RetryNotify(send, backoff.NewExponentialBackOff(), nil) // want `bounds=time growth=exponential jitter=random delay=500ms ceiling=1m0s$`
}

func requestAtHand(w http.ResponseWriter, r *http.Request) {
	_ = backoff.Retry(send, backoff.NewExponentialBackOff()) // want `bounds=time .* ignores=r$`
}

func handler() http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		func() {
			_ = backoff.Retry(send, backoff.NewExponentialBackOff()) // want `bounds=time .* ignores=r$`
		}()
	}
}

func contextThatNeverEnds(ctx context.Context) error {
	return backoff.Retry(send, backoff.WithContext(&backoff.ZeroBackOff{}, context.Background())) // want `attempts=0 bounds=none growth=none$`
}

func unbounded() error {
	b := backoff.NewExponentialBackOff() // want `attempts=0 bounds=none growth=exponential jitter=random delay=500ms ceiling=1m0s$`
	b.MaxElapsedTime = 0
	return backoff.Retry(send, b)
}

func unboundedByOption() error {
	b := backoff.NewExponentialBackOff(backoff.WithMaxElapsedTime(0), backoff.WithInitialInterval(time.Second)) // want `attempts=0 bounds=none growth=exponential jitter=random delay=1s ceiling=1m0s$`
	return backoff.Retry(send, b)
}

func unboundedBut(ctx context.Context, c config) error {
	b := backoff.NewExponentialBackOff() // want `attempts=4 bounds=attempts,context growth=exponential jitter=random`
	b.MaxElapsedTime = 0
	return backoff.Retry(send, backoff.WithContext(backoff.WithMaxRetries(b, 3), ctx))
}

func elapsedByConfig(c config) error {
	b := backoff.NewExponentialBackOff() // want `attempts=0 bounds=time growth=exponential`
	b.MaxElapsedTime = c.most
	return backoff.Retry(send, b)
}

func underCondition(forever bool) error {
	b := backoff.NewExponentialBackOff() // want `attempts=0 bounds=time growth=exponential`
	if forever {
		b.MaxElapsedTime = 0
	}
	return backoff.Retry(send, b)
}

func constant() error {
	return backoff.Retry(send, backoff.NewConstantBackOff(time.Second)) // want `attempts=0 bounds=none growth=constant jitter=none delay=1s$`
}

func constantWithLimit(c config) error {
	return backoff.Retry(send, backoff.WithMaxRetries(backoff.NewConstantBackOff(time.Second), c.retries)) // want `attempts=0 bounds=attempts growth=constant jitter=none delay=1s$`
}

func constantLiteral() error {
	b := &backoff.ConstantBackOff{Interval: 2 * time.Second} // want `attempts=0 bounds=none growth=constant jitter=none delay=2s$`
	return backoff.Retry(send, b)
}

func noDelay() error {
	return backoff.Retry(send, backoff.WithMaxRetries(&backoff.ZeroBackOff{}, 5)) // want `attempts=6 bounds=attempts growth=none$`
}

func noJitter() error {
	b := backoff.NewExponentialBackOff() // want `bounds=time growth=exponential jitter=none delay=500ms ceiling=1m0s$`
	b.RandomizationFactor = 0
	return backoff.Retry(send, b)
}

func noJitterOption() error {
	_, err := backoff.RetryWithData(func() (int, error) { return 0, send() }, backoff.NewExponentialBackOff(backoff.WithRandomizationFactor(0), backoff.WithMultiplier(1))) // want `bounds=time growth=constant jitter=none delay=500ms ceiling=1m0s$`
	return err
}

func ownOption(o backoff.ExponentialBackOffOpts) error {
	return backoff.Retry(send, backoff.NewExponentialBackOff(o)) // want `attempts=0 bounds=time,other growth=opaque jitter=opaque ceiling=some$`
}

func parameter(b backoff.BackOff, ctx context.Context) error {
	return backoff.Retry(send, b) // want `attempts=0 bounds=other growth=opaque jitter=opaque$`
}

// newBackOff is a helper of the package.
func newBackOff(first time.Duration) backoff.BackOff {
	b := backoff.NewExponentialBackOff() // want `attempts=0 bounds=none growth=exponential jitter=random delay=1s ceiling=1m0s$`
	b.InitialInterval = first
	b.MaxElapsedTime = 0
	return b
}

func byHelper() error { return backoff.Retry(send, newBackOff(time.Second)) }

func byHelperWithLimit() error {
	return backoff.Retry(send, backoff.WithMaxRetries(newBackOff(time.Second), 2)) // want `attempts=3 bounds=attempts growth=exponential`
}

var shared = backoff.NewConstantBackOff(time.Minute) // want `attempts=0 bounds=none growth=constant jitter=none delay=1m0s ignores=ctx$`

func one() error { return backoff.Retry(send, shared) }

func two(ctx context.Context) error { return backoff.Retry(send, shared) }

func stopsByItself() error {
	n := 0
	return backoff.Retry(func() error { // want `attempts=0 bounds=other growth=constant`
		err := send()
		if n++; err != nil && n > 10 {
			return backoff.Permanent(err)
		}
		return err
	}, backoff.NewConstantBackOff(time.Second))
}

func stopsWithContext(ctx context.Context) error {
	return backoff.Retry(func() error { // want `attempts=0 bounds=context growth=constant`
		if ctx.Err() != nil {
			return backoff.Permanent(ctx.Err())
		}
		return send()
	}, backoff.NewConstantBackOff(time.Second))
}

func underflow(c config) error {
	return backoff.Retry(send, backoff.WithMaxRetries(backoff.NewConstantBackOff(time.Second), uint64(c.tries-1))) // want `attempts=0 bounds=attempts .* misuse: if tries is 0, tries - 1 wraps around, and the attempts have no end`
}

func noUnderflow(c config) error {
	if c.tries == 0 {
		return nil
	}
	return backoff.Retry(send, backoff.WithMaxRetries(backoff.NewConstantBackOff(time.Second), uint64(c.tries-1))) // want `attempts=0 bounds=attempts growth=constant jitter=none delay=1s$`
}
