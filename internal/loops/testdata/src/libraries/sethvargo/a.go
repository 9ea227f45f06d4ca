package sethvargo

import (
	"context"
	"net/http"
	"time"

	"github.com/sethvargo/go-retry"
)

func send(ctx context.Context) error {
	_, err := http.Get("https://example.org/")
	return retry.RetryableError(err)
}

func good(ctx context.Context) {
	b := retry.NewExponential(time.Second) // want `^sethvargo/go-retry: attempts=6 bounds=attempts,context growth=exponential jitter=random delay=1s ceiling=30s$`
	b = retry.WithMaxRetries(5, b)
	b = retry.WithCappedDuration(30*time.Second, b)
	b = retry.WithJitterPercent(20, b)
	retry.Do(ctx, b, send)
}

func unbounded() {
	retry.Constant(context.Background(), time.Second, send)    // want `attempts=0 bounds=none growth=constant jitter=none delay=1s$`
	retry.Exponential(context.Background(), time.Second, send) // want `attempts=0 bounds=none growth=exponential jitter=none delay=1s wraps$`
	retry.Fibonacci(context.Background(), time.Second, send)   // want `attempts=0 bounds=none growth=exponential jitter=none delay=1s wraps$`
}

func byContext(ctx context.Context, d time.Duration) {
	retry.Constant(ctx, d, send) // want `attempts=0 bounds=context growth=constant jitter=none$`
}

func noJitter(ctx context.Context, n uint64) {
	retry.Do(ctx, retry.WithMaxRetries(n, retry.NewFibonacci(time.Second)), send) // want `attempts=0 bounds=attempts,context growth=exponential jitter=none delay=1s$`
}

func duration(ctx context.Context) {
	retry.Do(ctx, retry.WithMaxDuration(time.Minute, retry.WithFullJitter(retry.NewExponential(time.Second))), send) // want `attempts=0 bounds=time,context growth=exponential jitter=random delay=1s$`
}

func opaque(ctx context.Context, b retry.Backoff) {
	retry.Do(ctx, b, send)                                                                                         // want `attempts=0 bounds=context,other growth=opaque jitter=opaque$`
	retry.Do(ctx, retry.BackoffFunc(func() (time.Duration, bool) { return 0, false }), send)                       // want `bounds=context,other growth=opaque`
	retry.DoValue(ctx, retry.WithMaxRetries(3, b), func(ctx context.Context) (int, error) { return 0, send(ctx) }) // want `attempts=4 bounds=attempts,context,other growth=opaque`
}
