// A program that does not start before what it needs is there.
package main

import (
	"context"
	"errors"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	if err := register(ctx, "http://catalog/register"); err != nil {
		log.Fatal(err)
	}
	load("http://catalog/albums")

	// For each album, one after the other, for as long as the shop says: who started it waits.
	price := func(album string) error {
		for {
			resp, err := client.Get("http://shop/prices/" + album)
			var busy *rateLimitError
			if errors.As(err, &busy) {
				time.Sleep(busy.after)
				continue
			}
			if err != nil {
				return err
			}
			return resp.Body.Close()
		}
	}
	for _, album := range os.Args[1:] {
		if err := price(album); err != nil {
			log.Fatal(err)
		}
	}
}

// A rateLimitError is what the transport makes of a 429.
type rateLimitError struct{ after time.Duration }

func (*rateLimitError) Error() string { return "too many requests" }

// register tries for a while.
func register(ctx context.Context, url string) (err error) {
	for range 30 {
		var resp *http.Response
		if resp, err = client.Post(url, "text/plain", nil); err == nil {
			return resp.Body.Close()
		}
		time.Sleep(2 * time.Second)
	}
	return err
}

// load tries until it is there.
func load(url string) {
	for {
		resp, err := client.Post(url, "text/plain", nil)
		if err == nil {
			resp.Body.Close()
			return
		}
		log.Print(err)
		time.Sleep(2 * time.Second)
	}
}
