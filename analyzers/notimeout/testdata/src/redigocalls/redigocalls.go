// Package redigocalls sends commands over connections that nothing bounds: the dial has to change.
package redigocalls

import "github.com/gomodule/redigo/redis"

var pool = &redis.Pool{Dial: func() (redis.Conn, error) {
	return redis.Dial("tcp", "redis:6379") // want `redis.Dial has no timeout: if the peer accepts the connection and goes quiet, this blocks for ever; give it redis.DialReadTimeout and redis.DialWriteTimeout`
}}

func get(key string) (any, error) {
	c := pool.Get()
	defer c.Close()
	return c.Do("GET", key)
}

// Within the machine.
func local() (redis.Conn, error) { return redis.Dial("unix", "/run/redis.sock") }
