// Package grpc is a stub.
package grpc

import "context"

type (
	CallOption          interface{ before() }
	DialOption          interface{ apply() }
	ClientConnInterface interface {
		Invoke(ctx context.Context, method string, args, reply any, opts ...CallOption) error
	}
	ClientConn             struct{ target string }
	ServiceRegistrar       interface{ RegisterService(desc, impl any) }
	UnaryInvoker           func(ctx context.Context, method string, req, reply any, cc *ClientConn, opts ...CallOption) error
	UnaryClientInterceptor func(ctx context.Context, method string, req, reply any, cc *ClientConn, invoker UnaryInvoker, opts ...CallOption) error
)

func NewClient(target string, opts ...DialOption) (*ClientConn, error) { return nil, nil }

func WithUnaryInterceptor(f UnaryClientInterceptor) DialOption { return nil }

func (c *ClientConn) Invoke(ctx context.Context, method string, args, reply any, opts ...CallOption) error {
	return nil
}
