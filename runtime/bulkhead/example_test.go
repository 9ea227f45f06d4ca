package bulkhead_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/resilint/resilint/runtime/bulkhead"
	"github.com/resilint/resilint/runtime/resilience"
)

// One bulkhead guards one dependency, and is shared by all that call it.
func Example() {
	ctx := context.Background()
	catalog := bulkhead.New("catalog", bulkhead.Config{Max: 1})

	err := catalog.Do(ctx, func(ctx context.Context) error {
		// A second call, while the first is under way:
		return catalog.Do(ctx, func(context.Context) error { return nil })
	})
	fmt.Println(err, errors.Is(err, resilience.ErrFull))
	// Output: catalog: bulkhead full true
}

// A call for each item of a list, at most four at the same time.
func ExampleGroup() {
	skus := []string{"A1", "B2", "C3", "D4", "E5"}
	reserved := make([]bool, len(skus))

	g := bulkhead.NewGroup(context.Background(), 4)
	for i := range skus {
		g.Go(func(context.Context) error {
			reserved[i] = true
			return nil
		})
	}
	fmt.Println(g.Wait(), reserved)
	// Output: <nil> [true true true true true]
}
