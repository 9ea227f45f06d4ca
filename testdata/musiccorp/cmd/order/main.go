// Command order runs the order service.
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

	"github.com/musiccorp/musiccorp/internal/env"
	"github.com/musiccorp/musiccorp/internal/statsd"
	"github.com/musiccorp/musiccorp/order"
)

const drain = 20 * time.Second // less than the pod's terminationGracePeriod

func main() {
	cfg := order.Config{
		CatalogURL:   env.Get("CATALOG_URL", "http://localhost:8081"),
		InventoryURL: env.Get("INVENTORY_URL", "http://localhost:8082"),
		PaymentURL:   env.Get("PAYMENT_URL", "http://localhost:8083"),
		ShippingURL:  env.Get("SHIPPING_URL", "http://localhost:8084"),
	}
	if addr := env.Get("STATSD_ADDR", ""); addr != "" {
		stats, err := statsd.Dial(addr, "order")
		if err != nil {
			log.Fatal(err)
		}
		cfg.Stats = stats
	}
	srv := newServer(env.Get("ORDER_ADDR", "localhost:8080"), order.New(cfg).Handler())
	log.Printf("order listens on %s", srv.Addr)
	if err := run(srv); err != nil {
		log.Fatal(err)
	}
}

func newServer(addr string, h http.Handler) *http.Server {
	return &http.Server{
		Addr:    addr,
		Handler: h,
	}
}

// run serves until the process is told to stop, and lets the orders at hand
// finish.
func run(srv *http.Server) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	failed := make(chan error, 1)
	go func() { failed <- srv.ListenAndServe() }()

	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.Background(), drain)
	defer cancel()
	if err := srv.Shutdown(ctx); err != nil {
		return err
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
