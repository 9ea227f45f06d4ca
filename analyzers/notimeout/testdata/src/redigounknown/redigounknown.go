// Package redigounknown is given its connections: whether they are bounded, their maker knows.
package redigounknown

import (
	"context"

	"github.com/gomodule/redigo/redis"
)

func get(pool *redis.Pool, key string) (any, error) { return pool.Get().Do("GET", key) }

func with(c redis.Conn) (any, error) { return redis.DoContext(c, context.Background(), "GET", "k") }
