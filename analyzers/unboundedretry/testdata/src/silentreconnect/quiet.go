package silentreconnect

import (
	"net"
	"time"

	"google.golang.org/grpc"
)

// Datagrams opens a socket: nothing is sent by that.
func Datagrams(addr string) net.Conn {
	for {
		conn, err := net.Dial("udp", addr)
		if err == nil {
			return conn
		}
		time.Sleep(5 * time.Second)
	}
}

// Lazily makes a connection that connects when it is first used.
func Lazily(addr string) *grpc.ClientConn {
	for {
		conn, err := grpc.Dial(addr, grpc.WithInsecure())
		if err == nil {
			return conn
		}
		time.Sleep(3 * time.Second)
	}
}
