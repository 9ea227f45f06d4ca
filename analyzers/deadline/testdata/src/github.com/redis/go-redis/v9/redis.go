// Package redis is a stub of go-redis.
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
	Addrs                 []string
	ReadTimeout           time.Duration
	ContextTimeoutEnabled bool
}

type (
	StringCmd struct{}
	StatusCmd struct{}
)

func (*StringCmd) Result() (string, error) { return "", nil }
func (*StatusCmd) Err() error              { return nil }

type Cmdable interface {
	Get(ctx context.Context, key string) *StringCmd
	Ping(ctx context.Context) *StatusCmd
}

type cmdable func(ctx context.Context) error

func (c cmdable) Get(ctx context.Context, key string) *StringCmd                        { return &StringCmd{} }
func (c cmdable) Ping(ctx context.Context) *StatusCmd                                   { return &StatusCmd{} }
func (c cmdable) BLPop(ctx context.Context, d time.Duration, keys ...string) *StringCmd { return nil }

type baseClient struct{}

type Client struct {
	*baseClient
	cmdable
}

func (c *Client) Pipeline() *Pipeline { return &Pipeline{} }

type ClusterClient struct{ cmdable }

type Pipeline struct{ cmdable }

func NewClient(opt *Options) *Client                      { return &Client{} }
func NewClusterClient(opt *ClusterOptions) *ClusterClient { return &ClusterClient{} }
func ParseURL(url string) (*Options, error)               { return nil, nil }
