package resilience_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/resilint/resilint/runtime/breaker"
	"github.com/resilint/resilint/runtime/resilience"
)

// A rejected call says why, and when it makes sense to try again.
func ExampleRejected() {
	catalog := breaker.New("catalog", breaker.Config{})
	catalog.ForceOpen()

	err := catalog.Do(context.Background(), func(context.Context) error { return nil })

	var rejected *resilience.Rejected
	if errors.As(err, &rejected) {
		fmt.Println(err, "- retry in", rejected.RetryIn())
	}
	// Output: catalog: circuit breaker open - retry in 0s
}

// WithTimeout leaves a context alone whose deadline is sooner.
func ExampleWithTimeout() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()

	attempt, stop := resilience.WithTimeout(ctx, time.Minute)
	defer stop()
	<-attempt.Done()
	fmt.Println(attempt.Err(), resilience.TimedOut(attempt, ctx))
	// Output: context deadline exceeded false
}
