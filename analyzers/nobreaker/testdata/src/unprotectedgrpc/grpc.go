// Package unprotectedgrpc calls others by gRPC while it serves RPCs.
package unprotectedgrpc

import (
	"context"
	"log"

	"google.golang.org/grpc"
)

// What generated code has.
type (
	Request                  struct{}
	Reply                    struct{}
	UnimplementedOrderServer struct{}

	CartClient interface {
		Get(ctx context.Context, in *Request, opts ...grpc.CallOption) (*Reply, error)
	}
	cartClient struct{ cc grpc.ClientConnInterface }
)

func (UnimplementedOrderServer) Place(context.Context, *Request) (*Reply, error) { return nil, nil }

func NewCartClient(cc grpc.ClientConnInterface) CartClient { return &cartClient{cc} }

func (c *cartClient) Get(ctx context.Context, in *Request, opts ...grpc.CallOption) (*Reply, error) {
	out := new(Reply)
	return out, c.cc.Invoke(ctx, "/cart/Get", in, out, opts...)
}

type server struct {
	UnimplementedOrderServer
	cartAddr string
	cart     *grpc.ClientConn
	prices   *grpc.ClientConn
}

// connect makes several connections: that is one finding.
func connect(conn **grpc.ClientConn, addr string) {
	var err error
	if *conn, err = grpc.NewClient(addr, grpc.WithUnaryInterceptor(logs)); err != nil { // want `nothing gives up on .* by this connection`
		log.Fatal(err)
	}
}

func logs(ctx context.Context, method string, req, reply any, cc *grpc.ClientConn, invoker grpc.UnaryInvoker, opts ...grpc.CallOption) error {
	log.Print(method)
	return invoker(ctx, method, req, reply, cc, opts...)
}

func newServer() *server {
	s := &server{cartAddr: "cart:50051"}
	connect(&s.cart, s.cartAddr)
	connect(&s.prices, "prices:50051")
	return s
}

func (s *server) Place(ctx context.Context, in *Request) (*Reply, error) {
	if _, err := NewCartClient(s.cart).Get(ctx, in); err != nil {
		return nil, err
	}
	return NewCartClient(s.prices).Get(ctx, in)
}
