// Package protectedgrpc has interceptors.
package protectedgrpc

import (
	"context"
	"net/http"

	"example.org/mesh"

	"github.com/sony/gobreaker/v2"
	"google.golang.org/grpc"
)

type (
	Request struct{}
	Reply   struct{}
	Client  interface {
		Get(ctx context.Context, in *Request, opts ...grpc.CallOption) (*Reply, error)
	}
	client struct{ cc grpc.ClientConnInterface }
)

func NewCartClient(cc grpc.ClientConnInterface) Client { return &client{cc} }

func (c *client) Get(ctx context.Context, in *Request, opts ...grpc.CallOption) (*Reply, error) {
	return nil, c.cc.Invoke(ctx, "/cart/Get", in, nil, opts...)
}

type app struct{ cart, stock, other Client }

func newApp(opts ...grpc.DialOption) *app {
	cb := gobreaker.NewCircuitBreaker[any](gobreaker.Settings{IsSuccessful: func(err error) bool { return err == nil }})
	cart, _ := dialCart(cb)
	return &app{cart: NewCartClient(cart), stock: NewCartClient(dialStock()), other: NewCartClient(dialOther(opts))}
}

func dialCart(cb *gobreaker.CircuitBreaker[any]) (*grpc.ClientConn, error) {
	return grpc.NewClient("cart:50051", grpc.WithUnaryInterceptor(func(ctx context.Context, method string, req, reply any, cc *grpc.ClientConn, invoker grpc.UnaryInvoker, opts ...grpc.CallOption) error {
		_, err := cb.Execute(func() (any, error) { return nil, invoker(ctx, method, req, reply, cc, opts...) })
		return err
	}))
}

func dialStock() *grpc.ClientConn {
	conn, _ := grpc.NewClient("stock:50051", grpc.WithUnaryInterceptor(mesh.Interceptor()))
	return conn
}

// dialOther has options that others give it.
func dialOther(opts []grpc.DialOption) *grpc.ClientConn {
	conn, _ := grpc.NewClient("other:50051", opts...)
	return conn
}

func (a *app) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.cart.Get(r.Context(), &Request{})
	a.stock.Get(r.Context(), &Request{})
	a.other.Get(r.Context(), &Request{})
}
