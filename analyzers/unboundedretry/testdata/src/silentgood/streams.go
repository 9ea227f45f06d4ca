package silentgood

import (
	"context"
	"io"
	"log"
	"time"
)

// A stream has the methods of grpc.ClientStream.
type stream interface {
	Trailer() map[string][]string
	CloseSend() error
	SendMsg(m any) error
	RecvMsg(m any) error
}

type collector interface {
	Collect(ctx context.Context) (stream, error)
}

// Streams opens a stream: gRPC connects by itself, with a backoff of its own.
func Streams(ctx context.Context, c collector, spans <-chan string) {
	for ctx.Err() == nil {
		s, err := c.Collect(ctx)
		if err != nil {
			log.Print(err)
			select {
			case <-ctx.Done():
				return
			case <-time.After(5 * time.Second):
			}
			continue
		}
		for span := range spans {
			if err := s.SendMsg(span); err == io.EOF {
				break
			}
		}
		s.CloseSend()
		return
	}
}
