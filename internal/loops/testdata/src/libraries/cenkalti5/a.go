package cenkalti5

import (
	"context"
	"net/http"
	"time"

	"github.com/cenkalti/backoff/v5"
)

func send() (int, error) {
	_, err := http.Get("https://example.org/")
	return 0, err
}

func defaults(ctx context.Context) {
	backoff.Retry(ctx, send) // want `^cenkalti/backoff: attempts=0 bounds=time,context growth=exponential jitter=random delay=500ms ceiling=1m0s$`
}

func tries(ctx context.Context) {
	backoff.Retry(ctx, send, backoff.WithMaxTries(3), backoff.WithMaxElapsedTime(0)) // want `attempts=3 bounds=attempts,context growth=exponential`
}

func unbounded() {
	backoff.Retry(context.Background(), send, backoff.WithMaxElapsedTime(0)) // want `attempts=0 bounds=none growth=exponential`
}

func unboundedBesidesContext(ctx context.Context) {
	backoff.Retry(context.TODO(), send, backoff.WithMaxElapsedTime(0)) // want `attempts=0 bounds=none growth=exponential .* ignores=ctx$`
}

func constant(ctx context.Context) {
	b := backoff.NewConstantBackOff(time.Second)
	backoff.Retry(ctx, send, backoff.WithBackOff(b)) // want `attempts=0 bounds=time,context growth=constant jitter=none delay=1s$`
}

func noJitter(ctx context.Context) {
	b := backoff.NewExponentialBackOff()
	b.RandomizationFactor = 0
	backoff.Retry(ctx, send, backoff.WithBackOff(b), backoff.WithMaxTries(4)) // want `attempts=4 bounds=attempts,time,context growth=exponential jitter=none delay=500ms ceiling=1m0s$`
}

func opaque(ctx context.Context, opts ...backoff.RetryOption) {
	backoff.Retry(ctx, send, opts...) // want `attempts=0 bounds=time,context,other growth=opaque jitter=opaque ceiling=some$`
}

// Its backoff never stops by itself.
func byHand() {
	b := backoff.NewExponentialBackOff()
	for {
		if _, err := send(); err == nil {
			return
		}
		time.Sleep(b.NextBackOff())
	}
}
