package breaker_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/resilint/resilint/runtime/breaker"
	"github.com/resilint/resilint/runtime/resilience"
)

// One breaker guards one dependency, and is shared by all that call it.
func Example() {
	catalog := breaker.New("catalog", breaker.Config{})
	down := func(context.Context) (string, error) { return "", errors.New("connection refused") }

	for range 20 {
		_, _ = breaker.Value(context.Background(), catalog, down)
	}
	_, err := breaker.Value(context.Background(), catalog, down)
	fmt.Println(catalog.State(), errors.Is(err, resilience.ErrOpen))
	// Output: open true
}

// Allow is for calls that end elsewhere than they begin.
func ExampleBreaker_Allow() {
	catalog := breaker.New("catalog", breaker.Config{})

	call, err := catalog.Allow()
	if err != nil {
		return
	}
	defer call.Done(resilience.Failure) // if nothing else is reported
	fmt.Println("calling")
	call.Done(resilience.Success)
	fmt.Println(catalog.Counts())
	// Output:
	// calling
	// 1 0
}
