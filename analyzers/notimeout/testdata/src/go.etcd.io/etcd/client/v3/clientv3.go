// Package clientv3 is a stub.
package clientv3

import (
	"context"
	"time"
)

type Config struct {
	Endpoints         []string
	DialTimeout       time.Duration
	DialKeepAliveTime time.Duration
}

type Client struct {
	KV
	Lease
	Watcher
}

func New(cfg Config) (*Client, error) { return &Client{}, nil }

type KV interface {
	Get(ctx context.Context, key string) (*GetResponse, error)
	Put(ctx context.Context, key, val string) (*GetResponse, error)
}

type Lease interface {
	KeepAlive(ctx context.Context, id int64) (<-chan int, error)
}

type Watcher interface {
	Watch(ctx context.Context, key string) <-chan int
}

type GetResponse struct{}
