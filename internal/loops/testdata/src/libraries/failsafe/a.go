package failsafe

import (
	"context"
	"net/http"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
	"github.com/failsafe-go/failsafe-go/timeout"
)

func send() error {
	_, err := http.Get("https://example.org/")
	return err
}

func get() (int, error) { return 0, send() }

func good(ctx context.Context) {
	policy := retrypolicy.NewBuilder[int](). // want `^failsafe-go/failsafe-go: attempts=4 bounds=attempts,context growth=exponential jitter=random delay=1s ceiling=30s$`
							AbortIf(nil).
							WithBackoff(time.Second, 30*time.Second).
							WithJitterFactor(.2).
							WithMaxRetries(3).
							Build()
	failsafe.With(policy).WithContext(ctx).Get(get)
}

func defaults(ctx context.Context) {
	failsafe.With(retrypolicy.NewWithDefaults[int]()).Get(get) // want `attempts=3 bounds=attempts growth=none$`
}

func unbounded(ctx context.Context) {
	failsafe.Run(send, retrypolicy.NewBuilder[any]().WithMaxRetries(-1).WithDelay(time.Second).Build()) // want `attempts=0 bounds=none growth=constant jitter=none delay=1s ignores=ctx$`
	failsafe.Run(send, retrypolicy.NewBuilder[any]().WithMaxAttempts(-1).WithRandomDelay(1, 2).Build()) // want `attempts=0 bounds=none growth=constant jitter=random delay=1ns ignores=ctx$`
}

func duration(n int) {
	failsafe.Run(send, retrypolicy.NewBuilder[any]().WithMaxRetries(-1).WithMaxDuration(time.Minute).Build()) // want `attempts=0 bounds=time growth=none$`
	failsafe.Run(send, retrypolicy.NewBuilder[any]().WithMaxRetries(n).WithDelayFunc(nil).Build())            // want `attempts=0 bounds=attempts growth=opaque jitter=opaque$`
}

func noJitter() {
	failsafe.Run(send, retrypolicy.NewBuilder[any]().WithBackoffFactor(time.Second, time.Minute, 3).Build()) // want `attempts=3 bounds=attempts growth=exponential jitter=none delay=1s ceiling=1m0s$`
}

func withOthers(policy failsafe.Policy[int]) {
	failsafe.With(timeout.New[int](time.Minute), retrypolicy.NewBuilder[int]().WithMaxRetries(-1).WithDelay(time.Second).Build()).Get(get) // want `attempts=0 bounds=other growth=constant jitter=none delay=1s$`
	failsafe.With(policy).Get(get)                                                                                                         // want `attempts=1 bounds=attempts,other growth=none$`
}

func configured(forever bool) {
	builder := retrypolicy.NewBuilder[any]().WithDelay(time.Second) // want `attempts=0 bounds=attempts growth=constant jitter=none delay=1s$`
	if forever {
		builder = builder.WithMaxRetries(-1)
	}
	failsafe.Run(send, builder.Build())
}
