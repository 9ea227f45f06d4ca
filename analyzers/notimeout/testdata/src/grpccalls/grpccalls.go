// Package grpccalls calls generated gRPC stubs.
package grpccalls

import (
	"context"
	"time"

	"google.golang.org/grpc"
	"grpccalls/pb"
)

type checkout struct{ rates pb.RatesClient }

func New(conn *grpc.ClientConn) *checkout { return &checkout{pb.NewRatesClient(conn)} }

func (c *checkout) Total() error {
	_, err := c.rates.Convert(context.TODO(), &pb.Request{}) // want `Convert's context has no deadline, and gRPC sets none: if the server hangs, this call hangs with it, for ever`
	return err
}

func (c *checkout) convert(ctx context.Context) error {
	_, err := c.rates.Convert(ctx, &pb.Request{})
	return err
}

func (c *checkout) Warm() error { return c.convert(context.Background()) } // want `no deadline, and checkout.convert has nothing else`

func (c *checkout) Timed() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return c.convert(ctx)
}

func (c *checkout) Watch() (pb.Rates_WatchClient, error) {
	return c.rates.Watch(context.Background(), &pb.Request{}) // a stream lives as long as it lives
}

// Connecting waits for nothing.
func Connect() (*grpc.ClientConn, error) { return grpc.NewClient("rates:50051") }
