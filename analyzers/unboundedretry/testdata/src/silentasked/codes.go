package silentasked

import (
	"context"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

type titles interface {
	SetTitle(ctx context.Context, chat, title string) error
}

// Title waits for the client to have made the chat.
func Title(ctx context.Context, store titles, chat, title string) error {
	for attempt := 1; ; attempt++ {
		err := store.SetTitle(ctx, chat, title)
		if err == nil {
			return nil
		}
		if status.Code(err) == codes.NotFound && attempt < 8 {
			time.Sleep(time.Duration(attempt*attempt) * time.Second)
			continue
		}
		return err
	}
}

// Twice makes one attempt more: the flag is set after the first.
func Twice(ctx context.Context, store titles, chat, title string) error {
	for again := false; ; again = true {
		err := store.SetTitle(ctx, chat, title)
		if err == nil || again {
			return err
		}
	}
}
