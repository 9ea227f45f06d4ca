// Package redis is a stub of go-redis, whose commands give up by themselves.
package redis

import (
	"context"
	"time"
)

type Options struct {
	Addr                  string
	ReadTimeout           time.Duration
	ContextTimeoutEnabled bool
}

type ClusterOptions struct {
	Addrs       []string
	ReadTimeout time.Duration
}

type Client struct{}

func NewClient(opt *Options) *Client               { return &Client{} }
func NewClusterClient(opt *ClusterOptions) *Client { return &Client{} }

func (c *Client) Get(ctx context.Context, key string) error { return nil }
