// Package grpcpluginconn takes the connection from the client of a plugin: silent.
package grpcpluginconn

import (
	"context"

	"github.com/hashicorp/go-plugin"

	"grpccalls/pb"
)

// Ask waits for a subprocess.
func Ask(protocol plugin.ClientProtocol) error {
	conn := protocol.(*plugin.GRPCClient).Conn
	_, err := pb.NewRatesClient(conn).Convert(context.Background(), &pb.Request{})
	return err
}
