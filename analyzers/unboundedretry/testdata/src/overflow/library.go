package overflow

import (
	"context"
	"time"

	"github.com/avast/retry-go/v4"
)

// ByLibrary grows for ever, but the library stops before the delay wraps around.
func ByLibrary(ctx context.Context, url string) error {
	return retry.Do(func() error { return get(url) }, retry.Attempts(0), retry.Delay(time.Second), retry.Context(ctx)) // want `the delay before get is called again doubles without a ceiling: it passes an hour; give the delay a ceiling$`
}

// ByLibraryCapped has a ceiling.
func ByLibraryCapped(ctx context.Context, url string) error {
	return retry.Do(func() error { return get(url) }, retry.Attempts(0), retry.MaxDelay(time.Minute), retry.Context(ctx))
}

func get(url string) error {
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
