// Package goredisctx has the deadlines of contexts bound its commands.
package goredisctx

import "github.com/redis/go-redis/v9"

var client = redis.NewClient(&redis.Options{ReadTimeout: -1, ContextTimeoutEnabled: true})
