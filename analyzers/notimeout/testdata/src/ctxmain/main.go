// Program ctxmain passes the context of the process to all that runs in it: what works in rounds is reported inside, what starts it is not.
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

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := migrate(context.Background()); err != nil { // want "has no deadline"
		log.Fatal(err)
	}
	if err := run(ctx); err != nil {
		log.Print(err)
	}
}

// migrate is over when it is done.
func migrate(ctx context.Context) error { return post(ctx, "http://store.internal/migrate") }

// run announces the server and serves until the process is told to stop.
func run(ctx context.Context) error {
	if err := post(ctx, "http://registry.internal/register"); err != nil {
		return err
	}
	srv := &http.Server{Addr: ":8080", ReadHeaderTimeout: 5 * time.Second}
	go beat(ctx)
	go func() {
		<-ctx.Done()
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = post(end, "http://registry.internal/leave")
		_ = srv.Shutdown(end)
	}()
	if err := srv.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// beat tells the registry once a minute: when that hangs, the registry forgets the server.
func beat(ctx context.Context) {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := post(ctx, "http://registry.internal/beat"); err != nil { // want "has no deadline"
				log.Print(err)
			}
		}
	}
}

var client = &http.Client{}

func post(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, http.NoBody)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
