// Package goredis switches off what bounds commands.
package goredis

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"
)

var endless = redis.NewClient(&redis.Options{Addr: "redis:6379", ReadTimeout: -1}) // want `-1 means no timeout here: if the server hangs, what waits for it hangs too, for ever; leave ReadTimeout out for the library's default, or set a positive duration`

func cluster() *redis.Client {
	opts := &redis.ClusterOptions{}
	opts.ReadTimeout = -2 // want `-2 means no timeout here`
	return redis.NewClusterClient(opts)
}

// By default, and with any other value, commands give up.
var (
	plain = redis.NewClient(&redis.Options{Addr: "redis:6379"})
	zero  = redis.NewClient(&redis.Options{ReadTimeout: 0})
	set   = redis.NewClient(&redis.Options{ReadTimeout: 5 * time.Second})
)

func get() error { return plain.Get(context.Background(), "k") }
