// Package ignoredheeded has a client that heeds deadlines.
package ignoredheeded

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"
)

var rdb = redis.NewClient(&redis.Options{ContextTimeoutEnabled: true})

// Get gives up in time.
func Get(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 500*time.Millisecond)
	defer cancel()
	return rdb.Get(ctx, "k").Result()
}
