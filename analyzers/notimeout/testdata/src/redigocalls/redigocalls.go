// Package redigocalls sends commands over connections that nothing bounds.
package redigocalls

import (
	"context"

	"github.com/gomodule/redigo/redis"
)

var pool = &redis.Pool{Dial: func() (redis.Conn, error) { return redis.Dial("tcp", "redis:6379") }}

// next waits for a job, as long as it takes.
func next() (any, error) {
	c := pool.Get()
	defer c.Close()
	return c.Do("BLPOP", "jobs", 0)
}

func get(key string) (any, error) {
	c := pool.Get()
	defer c.Close()
	return c.Do("GET", key) // want `Do takes no context: if the server hangs, this call hangs with it, for ever; dial with redis.DialReadTimeout and redis.DialWriteTimeout \(so does 1 more call in this package\)`
}

func set(key, value string) error {
	c := pool.Get()
	defer c.Close()
	_, err := c.Do("SET", key, value)
	return err
}

func with(ctx context.Context, c redis.Conn) error {
	if _, err := redis.DoContext(c, ctx, "GET", "k"); err != nil {
		return err
	}
	_, err := redis.DoContext(c, context.Background(), "GET", "k") // want `DoContext's context has no deadline, and redigo sets none`
	return err
}
