// Package redis is a stub.
package redis

import (
	"context"
	"time"
)

type (
	cmdable struct{}
	Client  struct{ cmdable }
)

func (c cmdable) IncrBy(ctx context.Context, key string, n int64) error             { return nil }
func (c cmdable) Expire(ctx context.Context, key string, after time.Duration) error { return nil }
func (c cmdable) SetNX(ctx context.Context, key string, value any, ttl time.Duration) *BoolCmd {
	return nil
}

type BoolCmd struct{}

func (c *BoolCmd) Result() (bool, error) { return false, nil }

func (c cmdable) GetDel(ctx context.Context, key string) *StringCmd { return nil }

func (c cmdable) Get(ctx context.Context, key string) *StringCmd { return nil }

type StringCmd struct{}

func (c *StringCmd) Result() (string, error) { return "", nil }
