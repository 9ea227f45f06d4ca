// Package plugin is a stub: it starts programs and connects to them.
package plugin

import (
	"context"

	"google.golang.org/grpc"
)

type Plugin interface{ Name() string }

type GRPCPlugin interface {
	GRPCClient(context.Context, *GRPCBroker, *grpc.ClientConn) (any, error)
}

type GRPCBroker struct{ next uint32 }

func (b *GRPCBroker) NextId() uint32 { return b.next }

func (b *GRPCBroker) Dial(id uint32) (*grpc.ClientConn, error) { return &grpc.ClientConn{}, nil }

type ClientProtocol interface {
	Dispense(name string) (any, error)
}

type GRPCClient struct{ Conn *grpc.ClientConn }

func (c *GRPCClient) Dispense(name string) (any, error) { return nil, nil }

type ClientConfig struct{ Plugins map[string]Plugin }

type Client struct{ config *ClientConfig }

func NewClient(config *ClientConfig) *Client { return &Client{config} }

func (c *Client) Client() (ClientProtocol, error) { return &GRPCClient{}, nil }
