// Package grpcbounded has an interceptor that gives every call a deadline.
package grpcbounded

import (
	"context"
	"time"

	"google.golang.org/grpc"
	"grpccalls/pb"
)

func deadline(ctx context.Context, method string, req, reply any, cc *grpc.ClientConn, invoker grpc.UnaryInvoker, opts ...grpc.CallOption) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return invoker(ctx, method, req, reply, cc, opts...)
}

func Convert(rates pb.RatesClient) error {
	_, err := rates.Convert(context.Background(), &pb.Request{})
	return err
}
