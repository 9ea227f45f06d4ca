// Package entintercept gives every query a deadline.
package entintercept

import (
	"context"
	"time"

	"entgo.io/ent"
	_ "github.com/lib/pq"
)

func timed(next ent.Querier) ent.Querier {
	return ent.QuerierFunc(func(ctx context.Context, q ent.Query) (ent.Value, error) {
		ctx, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		return next.Query(ctx, q)
	})
}

func all(q ent.Querier) (ent.Value, error) { return q.Query(context.Background(), "albums") }
