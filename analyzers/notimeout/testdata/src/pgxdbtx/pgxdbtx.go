// Package pgxdbtx uses generated queries over an interface for a pool or a transaction.
package pgxdbtx

import (
	"context"

	"pgxdbtx/queries"
)

func title(q *queries.Queries) (string, error) {
	return q.GetTitle(context.Background(), 1) // want `context.Background\(\) has no deadline, and Queries.GetTitle has nothing else to bound its call`
}
