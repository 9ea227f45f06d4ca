// Package kgo is a stub.
package kgo

import (
	"context"
	"time"
)

type Opt interface{}

func SeedBrokers(seeds ...string) Opt           { return nil }
func RecordDeliveryTimeout(d time.Duration) Opt { return nil }

type Client struct{}

func NewClient(opts ...Opt) (*Client, error) { return &Client{}, nil }

type (
	Record         struct{}
	ProduceResults []error
	Fetches        []Record
)

func (cl *Client) ProduceSync(ctx context.Context, rs ...*Record) ProduceResults { return nil }
func (cl *Client) Flush(ctx context.Context) error                               { return nil }
func (cl *Client) PollFetches(ctx context.Context) Fetches                       { return nil }
