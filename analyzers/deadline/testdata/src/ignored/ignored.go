// Package ignored has deadlines that go-redis does not heed.
package ignored

import (
	"context"
	"os"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
)

// Cache has the usual shape: options in the constructor, deadlines in the methods.
type Cache struct{ rdb *redis.Client }

// NewCache leaves ReadTimeout at its default.
func NewCache(addr string) *Cache {
	return &Cache{rdb: redis.NewClient(&redis.Options{Addr: addr})} // want `the 500ms deadline of Get's context does nothing here: go-redis ignores it unless ContextTimeoutEnabled is set, so a server that hangs holds the call for 3s or longer, which is the default of ReadTimeout; set ContextTimeoutEnabled, or a shorter ReadTimeout`
}

// Get gives up in time, or so it thinks.
func (c *Cache) Get(ctx context.Context, key string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 500*time.Millisecond)
	defer cancel()
	return c.rdb.Get(ctx, key).Result()
}

// Ping has a deadline that is longer.
func (c *Cache) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return c.rdb.Ping(ctx).Err()
}

// Patient waits for ten seconds.
func Patient(ctx context.Context, addr string) (string, error) {
	opts := &redis.ClusterOptions{Addrs: []string{addr}} // want `the 4s deadline of Get's context does nothing here: .* holds the call for 10s; set`
	opts.ReadTimeout = 10 * time.Second
	rdb := redis.NewClusterClient(opts)
	return get(ctx, rdb)
}

// get is given any client.
func get(ctx context.Context, rdb redis.Cmdable) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()
	return rdb.Get(ctx, "k").Result()
}

var shared = redis.NewClient(&redis.Options{Addr: "redis:6379"}) // want `the 1s deadline of Get's context`

// Shared is called with the deadline of its only caller.
func Shared(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return lookUp(ctx)
}

func lookUp(ctx context.Context) (string, error) { return shared.Get(ctx, "k").Result() }

// What follows is silent.

// Quick gives up before its contexts do.
func Quick(ctx context.Context) (string, error) {
	rdb := redis.NewClient(&redis.Options{ReadTimeout: 200 * time.Millisecond})
	ctx, cancel := context.WithTimeout(ctx, 500*time.Millisecond)
	defer cancel()
	return rdb.Get(ctx, "k").Result()
}

// Undated has no deadline, as far as is known.
func Undated(ctx context.Context) (string, error) {
	rdb := redis.NewClient(&redis.Options{})
	return rdb.Get(ctx, "k").Result()
}

// Configured has timeouts that others say.
func Configured(ctx context.Context, d time.Duration) (string, error) {
	rdb := redis.NewClient(&redis.Options{ReadTimeout: d})
	ctx, cancel := context.WithTimeout(ctx, 500*time.Millisecond)
	defer cancel()
	if s, err := rdb.Get(ctx, "k").Result(); err == nil {
		return s, nil
	}
	rdb = redis.NewClient(&redis.Options{})
	ctx, cancel = context.WithTimeout(context.Background(), d)
	defer cancel()
	return rdb.Get(ctx, "k").Result()
}

// Parsed gets its options from a URL.
func Parsed(ctx context.Context) (string, error) {
	opts, err := redis.ParseURL(os.Getenv("REDIS"))
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, 500*time.Millisecond)
	defer cancel()
	return redis.NewClient(opts).Get(ctx, "k").Result()
}

// Given does not make the client.
func Given(ctx context.Context, rdb *redis.Client) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 500*time.Millisecond)
	defer cancel()
	return rdb.Get(ctx, "k").Result()
}

// Pop waits for a message as long as it says.
func Pop(ctx context.Context) (string, error) {
	rdb := redis.NewClient(&redis.Options{})
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return rdb.BLPop(ctx, 5*time.Second, "k").Result()
}

// Queued is carried out later.
func Queued(ctx context.Context) *redis.StringCmd {
	rdb := redis.NewClient(&redis.Options{})
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return rdb.Pipeline().Get(ctx, "k")
}

// Tuned has options that a function it does not know may change.
func Tuned(ctx context.Context, tune func(*redis.Options)) (string, error) {
	opts := &redis.Options{}
	tune(opts)
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return redis.NewClient(opts).Get(ctx, strconv.Itoa(1)).Result()
}
