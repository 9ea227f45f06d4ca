package fallback_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/resilint/resilint/runtime/fallback"
)

// Recommendations are hidden while their service is down, and the page says that it is not whole.
func ExampleValue() {
	ctx := fallback.Track(context.Background())

	recs, err := fallback.Value(ctx, fallback.Policy{Dep: "recommendations"},
		func(context.Context) ([]string, error) { return nil, errors.New("connection refused") },
		func(context.Context, error) ([]string, error) { return []string{}, nil })

	fmt.Println(recs, err, fallback.Degraded(ctx))
	// Output: [] <nil> [recommendations]
}

// The last good price stands in while the pricing service is down.
func ExampleStale() {
	ctx := context.Background()
	prices := &fallback.Stale[string, int]{Policy: fallback.Policy{Dep: "pricing"}}

	up := func(context.Context) (int, error) { return 1999, nil }
	down := func(context.Context) (int, error) { return 0, errors.New("connection refused") }
	fmt.Println(prices.Value(ctx, "A1", up))
	fmt.Println(prices.Value(ctx, "A1", down))
	fmt.Println(prices.Value(ctx, "B2", down))
	// Output:
	// 1999 <nil>
	// 1999 <nil>
	// 0 connection refused
}
