package retry_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/resilint/resilint/runtime/retry"
)

// The zero Policy makes three attempts, with growing, random waits between them.
func ExampleValue() {
	calls := 0
	album, err := retry.Value(context.Background(), retry.Policy{}, func(context.Context) (string, error) {
		if calls++; calls < 3 {
			return "", errors.New("connection reset")
		}
		return "Kind of Blue", nil
	})
	fmt.Println(album, err, calls)
	// Output: Kind of Blue <nil> 3
}

// What cannot succeed is not repeated.
func ExamplePermanent() {
	calls := 0
	err := retry.Do(context.Background(), retry.Policy{}, func(context.Context) error {
		calls++
		return retry.Permanent(errors.New("no such album"))
	})
	fmt.Println(err, calls)
	// Output: no such album 1
}

// A dependency that says how long it wants to be left alone is obeyed. If that is longer than
// the policy allows to wait, the caller hears of it at once.
func ExampleAfter() {
	err := retry.Do(context.Background(), retry.Policy{Dep: "catalog"}, func(context.Context) error {
		return retry.After(errors.New("too many requests"), time.Hour)
	})
	fmt.Println(err)
	// Output: catalog: too many requests (gave up after 1 attempt: the dependency asks for a longer wait than allowed)
}

// A budget is shared by all calls to a dependency: once it is spent, nothing is repeated.
func ExampleBudget() {
	policy := retry.Policy{Base: time.Nanosecond, Budget: retry.NewBudget(0, 0)}
	calls := 0
	for range 100 {
		_ = retry.Do(context.Background(), policy, func(context.Context) error {
			calls++
			return errors.New("down")
		})
	}
	fmt.Println("100 calls,", calls, "attempts")
	// Output: 100 calls, 103 attempts
}

// The delay after which a broker is to deliver a message again.
func ExampleRedeliver() {
	for _, attempt := range []int{1, 5, 20} {
		d := retry.Redeliver(attempt)
		fmt.Println(d <= 5*time.Minute, d >= time.Second/2)
	}
	// Output:
	// true true
	// true true
	// true true
}
