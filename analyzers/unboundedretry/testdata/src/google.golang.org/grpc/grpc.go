// Package grpc is a stub.
package grpc

import "context"

type (
	ClientConn struct{}
	DialOption interface{}
	CallOption interface{}
)

func Dial(target string, opts ...DialOption) (*ClientConn, error) { return nil, nil }

func WithBlock() DialOption    { return nil }
func WithInsecure() DialOption { return nil }

func WaitForReady(wait bool) CallOption { return nil }

func (c *ClientConn) Invoke(ctx context.Context, method string, args, reply any, opts ...CallOption) error {
	return nil
}
