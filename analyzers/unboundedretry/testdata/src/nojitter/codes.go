package nojitter

import (
	"context"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

type titles interface {
	SetTitle(ctx context.Context, chat, title string) error
}

// Title asks a server again that is in trouble.
func Title(ctx context.Context, store titles, chat, title string) error {
	for attempt := 1; ; attempt++ { // want `wait equally long`
		err := store.SetTitle(ctx, chat, title)
		if err == nil {
			return nil
		}
		if status.Code(err) == codes.Unavailable && attempt < 8 {
			time.Sleep(time.Duration(attempt*attempt) * time.Second)
			continue
		}
		return err
	}
}
