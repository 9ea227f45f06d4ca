// Package grpcplugin speaks gRPC with programs that the program starts: silent.
package grpcplugin

import (
	"context"

	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"grpccalls/pb"
)

// Converter is a plugin.
type Converter struct{}

// GRPCClient wraps the connection to it.
func (*Converter) GRPCClient(ctx context.Context, broker *plugin.GRPCBroker, conn *grpc.ClientConn) (any, error) {
	return &Client{rates: pb.NewRatesClient(conn)}, nil
}

// Client asks the plugin.
type Client struct{ rates pb.RatesClient }

// Convert waits for a subprocess.
func (c *Client) Convert() error {
	_, err := c.rates.Convert(context.Background(), &pb.Request{})
	return err
}

// ConvertIn does so under a context.
func (c *Client) ConvertIn(ctx context.Context) error {
	_, err := c.rates.Convert(ctx, &pb.Request{})
	return err
}

// Server is the other end.
type Server struct{ broker *plugin.GRPCBroker }

// Report asks the program that has started it.
func (s *Server) Report(id uint32) error {
	conn, err := s.broker.Dial(id)
	if err != nil {
		return err
	}
	_, err = pb.NewRatesClient(conn).Convert(context.Background(), &pb.Request{})
	if err != nil {
		return err
	}
	return conn.Invoke(context.Background(), "/rates/Convert", &pb.Request{}, &pb.Reply{})
}
