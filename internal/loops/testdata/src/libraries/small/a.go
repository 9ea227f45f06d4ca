package small

import (
	"context"
	"math/rand/v2"
	"net/http"
	"time"

	linear "github.com/Rican7/retry"
	algorithm "github.com/Rican7/retry/backoff"
	"github.com/Rican7/retry/jitter"
	"github.com/Rican7/retry/strategy"
	"github.com/eapache/go-resiliency/retrier"
	flow "github.com/flowchartsman/retry"
	"github.com/lestrrat-go/backoff/v2"
	"github.com/matryer/try"
	rafael "github.com/rafaeljesus/retry-go"
	own "github.com/resilint/resilint/runtime/retry"
)

func send() error {
	_, err := http.Get("https://example.org/")
	return err
}

func sendWith(context.Context) error { return send() }

func sendAgain(uint) error { return send() }

func eapache(ctx context.Context, n int, delays []time.Duration) {
	retrier.New(retrier.ExponentialBackoff(3, time.Second), nil).RunCtx(ctx, sendWith) // want `^eapache/go-resiliency: attempts=4 bounds=attempts,context growth=exponential jitter=none delay=1s$`
	retrier.New(retrier.ConstantBackoff(n, time.Second), nil).Run(send)                // want `attempts=0 bounds=attempts growth=constant jitter=none delay=1s ignores=ctx$`
	retrier.New([]time.Duration{1, 2, 3}, nil).Run(send)                               // want `attempts=4 bounds=attempts growth=table jitter=none ignores=ctx$`
	retrier.New(delays, nil).Run(send)                                                 // want `attempts=0 bounds=other growth=opaque jitter=opaque$`
}

func eapacheJittered(n int, base time.Duration) {
	retrier.New(retrier.ExponentialBackoff(n, withJitter(base)), nil).Run(send) // want `growth=exponential jitter=opaque`
}

// withJitter is different for each caller.
func withJitter(base time.Duration) time.Duration { return base + rand.N(base) }

func eapacheJitter() {
	r := retrier.New(retrier.LimitedExponentialBackoff(8, time.Second, time.Minute), nil) // want `attempts=9 bounds=attempts growth=exponential jitter=random delay=1s ceiling=1m0s$`
	r.SetJitter(.3)
	r.Run(send)
}

func eapacheForever() {
	r := retrier.New(retrier.ConstantBackoff(1, time.Second), nil).WithInfiniteRetry() // want `attempts=0 bounds=none growth=constant jitter=none delay=1s$`
	r.Run(send)
}

func rican7(ctx context.Context) {
	linear.Retry(sendAgain)                                                                                         // want `^Rican7/retry: attempts=0 bounds=none growth=none$`
	linear.Retry(sendAgain, strategy.Limit(5))                                                                      // want `attempts=5 bounds=attempts growth=none$`
	linear.Retry(sendAgain, strategy.Limit(5), strategy.Backoff(algorithm.Linear(time.Second)))                     // want `attempts=5 bounds=attempts growth=linear jitter=none delay=1s ignores=ctx$`
	linear.Retry(sendAgain, strategy.BackoffWithJitter(algorithm.BinaryExponential(time.Second), jitter.Full(nil))) // want `attempts=0 bounds=none growth=exponential jitter=random delay=1s wraps ignores=ctx$`
	linear.Retry(sendAgain, func(uint) bool { return false })                                                       // want `attempts=0 bounds=other growth=opaque jitter=opaque`
	linear.Retry(sendAgain, strategy.Limit(3), strategy.Wait(time.Second, time.Minute))                             // want `attempts=3 bounds=attempts growth=opaque jitter=opaque ignores=ctx$`
}

func others(ctx context.Context, n int) {
	try.Do(func(attempt int) (bool, error) { return attempt < 5, send() })     // want `^matryer/try: attempts=10 bounds=attempts growth=opaque jitter=opaque ignores=ctx$`
	rafael.Do(send, n, time.Second)                                            // want `^rafaeljesus/retry-go: attempts=0 bounds=attempts growth=exponential jitter=random delay=1s ignores=ctx$`
	rafael.Do(send, 20, time.Second)                                           // want `attempts=20 bounds=attempts growth=exponential jitter=random delay=1s wraps ignores=ctx$`
	flow.NewRetrier(0, 0, time.Minute).RunContext(ctx, sendWith)               // want `^flowchartsman/retry: attempts=5 bounds=attempts,context growth=exponential jitter=random delay=200ms ceiling=1m0s$`
	flow.NewRetrier(7, time.Second, time.Minute).Run(send)                     // want `attempts=7 bounds=attempts growth=exponential jitter=random delay=1s ceiling=1m0s ignores=ctx$`
	own.Do(ctx, own.Policy{}, sendWith)                                        // want `^resilint/runtime/retry: attempts=3 bounds=attempts,context growth=exponential jitter=random delay=100ms ceiling=10s$`
	own.Do(ctx, own.Policy{MaxAttempts: 5, MaxElapsed: time.Minute}, sendWith) // want `attempts=5 bounds=attempts,time,context growth=exponential jitter=random delay=100ms ceiling=10s$`
}

var policy = backoff.Exponential(backoff.WithMaxRetries(0), backoff.WithJitterFactor(.05)) // want `^lestrrat-go/backoff: attempts=0 bounds=context growth=exponential jitter=random delay=500ms ceiling=1m0s$`

func lestrrat(ctx context.Context) {
	for c := policy.Start(ctx); backoff.Continue(c); {
		if send() == nil {
			return
		}
	}
	c := backoff.Constant(backoff.WithInterval(time.Second)).Start(context.Background()) // want `attempts=11 bounds=attempts growth=constant jitter=none delay=1s ignores=ctx$`
	for backoff.Continue(c) {
		if send() == nil {
			return
		}
	}
}
