package avast

import (
	"context"
	"net/http"
	"time"

	old "github.com/avast/retry-go/v3"
	"github.com/avast/retry-go/v4"
	five "github.com/avast/retry-go/v5"
)

func send() error {
	_, err := http.Get("https://example.org/")
	return err
}

type config struct {
	Attempts uint
	Forever  bool
}

func defaults(ctx context.Context) {
	retry.Do(send, retry.Context(ctx)) // want `^avast/retry-go: attempts=10 bounds=attempts,context growth=exponential jitter=random delay=100ms$`
}

func withoutContext(ctx context.Context) {
	retry.Do(send, retry.Attempts(3)) // want `attempts=3 bounds=attempts growth=exponential jitter=random delay=100ms ignores=ctx$`
}

func unbounded() {
	retry.Do(send, retry.Attempts(0))                                   // want `attempts=0 bounds=none growth=exponential jitter=random delay=100ms wraps$`
	retry.Do(send, retry.UntilSucceeded(), retry.MaxDelay(time.Minute)) // want `attempts=0 bounds=none growth=exponential jitter=random delay=100ms ceiling=1m0s$`
}

func byContext(ctx context.Context) {
	retry.Do(send, retry.UntilSucceeded(), retry.Context(ctx), retry.MaxDelay(time.Minute)) // want `attempts=0 bounds=context growth=exponential`
}

func constant() {
	retry.Do(send, retry.DelayType(retry.FixedDelay), retry.Delay(time.Second))                                                          // want `attempts=10 bounds=attempts growth=constant jitter=none delay=1s$`
	retry.DoWithData(func() (int, error) { return 0, send() }, retry.DelayType(retry.CombineDelay(retry.FixedDelay, retry.RandomDelay))) // want `attempts=10 bounds=attempts growth=constant jitter=random delay=100ms$`
}

func noJitter() {
	retry.Do(send, retry.Attempts(5), retry.DelayType(retry.BackOffDelay)) // want `attempts=5 bounds=attempts growth=exponential jitter=none delay=100ms$`
}

func overflow() {
	retry.Do(send, retry.Attempts(20), retry.Delay(time.Second)) // want `attempts=20 bounds=attempts growth=exponential jitter=random delay=1s wraps$`
	retry.Do(send, retry.Attempts(12), retry.Delay(time.Second)) // want `attempts=12 bounds=attempts growth=exponential jitter=random delay=1s$`
}

func byConfig(c config) {
	retry.Do(send, retry.Attempts(c.Attempts)) // want `attempts=0 bounds=attempts growth=exponential jitter=random delay=100ms$`
}

func underflow(c config) {
	retry.Do(send, retry.Attempts(c.Attempts-1)) // want `misuse: if Attempts is 0, Attempts - 1 wraps around`
}

func opaque(opts ...retry.Option) {
	retry.Do(send, opts...) // want `attempts=0 bounds=attempts,other growth=opaque jitter=opaque ceiling=some$`
}

func ownOption() {
	retry.Do(send, func(*retry.Config) {})                                                       // want `bounds=attempts,other growth=opaque jitter=opaque ceiling=some$`
	retry.Do(send, retry.Attempts(0), retry.AttemptsForError(3, nil))                            // want `attempts=0 bounds=other growth=exponential`
	retry.Do(send, retry.DelayType(func(uint, error, *retry.Config) time.Duration { return 0 })) // want `attempts=10 bounds=attempts growth=opaque jitter=opaque`
}

func options(ctx context.Context) []retry.Option {
	return []retry.Option{ // want `attempts=0 bounds=context growth=constant jitter=none delay=2s$`
		retry.Context(ctx), retry.UntilSucceeded(),
		retry.DelayType(retry.FixedDelay), retry.Delay(2 * time.Second),
	}
}

func first(ctx context.Context) { retry.Do(send, options(ctx)...) }

func second(ctx context.Context) { retry.Do(send, options(ctx)...) }

func appended(ctx context.Context, c config) {
	opts := []retry.Option{retry.Attempts(3)}
	if c.Forever {
		opts = append(opts, retry.UntilSucceeded())
	}
	retry.Do(send, opts...) // want `attempts=0 bounds=attempts growth=exponential jitter=random delay=100ms ignores=ctx$`
}

func attempts(n uint) retry.Option { return retry.Attempts(n) }

func byHelper() {
	retry.Do(send, attempts(0), retry.LastErrorOnly(true)) // want `attempts=0 bounds=none growth=exponential`
}

func retried(ctx context.Context, n uint, f func() error) error {
	return retry.Do(f, retry.Attempts(n), retry.Context(ctx)) // want `attempts=0 bounds=attempts,context growth=exponential`
}

// Until v4 0 attempts are none.
func three() {
	old.Do(send, old.Attempts(0)) // want `attempts=0 bounds=attempts growth=exponential`
}

func inFive(ctx context.Context) {
	five.New(five.Attempts(0), five.DelayType(five.FixedDelay)).Do(send)                  // want `attempts=0 bounds=none growth=constant jitter=none delay=100ms ignores=ctx$`
	five.NewWithData[int](five.Context(ctx)).Do(func() (int, error) { return 0, send() }) // want `attempts=10 bounds=attempts,context growth=exponential jitter=random delay=100ms$`
}

type client struct{ retrier *five.Retrier }

func newClient() *client {
	return &client{retrier: five.New(five.UntilSucceeded())} // want `attempts=0 bounds=none growth=exponential jitter=random delay=100ms wraps ignores=ctx$`
}

func (c *client) one() error { return c.retrier.Do(send) }

func (c *client) two(ctx context.Context) error { return c.retrier.Do(send) }
