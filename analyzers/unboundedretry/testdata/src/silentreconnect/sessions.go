package silentreconnect

import (
	"context"
	"log"
	"net"
	"time"
)

// Serve keeps a connection open, and waits where there is none.
func Serve(ctx context.Context, addr string) {
	for {
		conn, err := net.DialTimeout("tcp", addr, time.Second)
		if err != nil {
			log.Print(err)
			time.Sleep(5 * time.Second)
			continue
		}
		if err := copyFrom(ctx, conn); err != nil {
			log.Print(err)
		}
	}
}

func copyFrom(ctx context.Context, conn net.Conn) error {
	defer conn.Close()
	p := make([]byte, 512)
	for ctx.Err() == nil {
		if _, err := conn.Read(p); err != nil {
			return err
		}
	}
	return ctx.Err()
}
