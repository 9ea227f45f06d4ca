package redisstore_test

import (
	"context"
	"fmt"
	"net"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/resilint/resilint/runtime/idempotency"
	"github.com/resilint/resilint/runtime/idempotency/redisstore"
)

// What the store does when Redis answers is tested in the module runtime/idempotency/stores.

// A Redis that is not there: nothing is done.
func TestDown(t *testing.T) {
	client := redis.NewClient(&redis.Options{
		MaxRetries: -1,
		Dialer:     func(context.Context, string, string) (net.Conn, error) { return nil, net.ErrClosed },
	})
	defer client.Close()
	s := redisstore.New(client, "")
	if _, err := idempotency.Once(t.Context(), s, "k", func(context.Context) (int, error) {
		t.Error("the work was done")
		return 0, nil
	}); err == nil {
		t.Error("no error")
	}
	c := idempotency.Claim{Key: "k", Token: "t", TTL: time.Hour}
	if s.Complete(t.Context(), c, nil) == nil || s.Abandon(t.Context(), c) == nil {
		t.Error("no error")
	}
}

func ExampleNew() {
	client := redis.NewClient(&redis.Options{Addr: "redis.internal:6379"})
	defer client.Close()
	store := redisstore.New(client, "payments:")
	handle := func(ctx context.Context, id string) (string, error) {
		return idempotency.Once(ctx, store, idempotency.Key("charge", id), func(context.Context) (string, error) {
			return "receipt", nil
		})
	}
	_ = handle // it needs a server
	fmt.Println(redisstore.DefaultPrefix)
	// Output: idempotency:
}
