// Command order runs the order service.
package main

import (
	"context"
	"errors"
	"log"
	"net/http"
	_ "net/http/pprof"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/musiccorp/musiccorp/internal/env"
	"github.com/musiccorp/musiccorp/internal/events"
	"github.com/musiccorp/musiccorp/internal/statsd"
	"github.com/musiccorp/musiccorp/internal/storage"
	"github.com/musiccorp/musiccorp/order"
)

const drain = 20 * time.Second // less than the pod's terminationGracePeriod

func main() {
	cfg := order.Config{
		CatalogURL:   env.Get("CATALOG_URL", "http://localhost:8081"),
		InventoryURL: env.Get("INVENTORY_URL", "http://localhost:8082"),
		PaymentURL:   env.Get("PAYMENT_URL", "http://localhost:8083"),
		ShippingURL:  env.Get("SHIPPING_URL", "http://localhost:8084"),

		RecommendationsURL: env.Get("RECOMMENDATIONS_URL", "http://localhost:8086"),
	}
	var err error
	if cfg.DB, err = storage.Open(env.Get("ORDER_DB", "order.db"), order.Schema); err != nil {
		log.Fatal(err)
	}
	if cfg.Events, err = events.NewPublisher(env.Get("KAFKA_BROKERS", "localhost:9092")); err != nil {
		log.Fatal(err)
	}
	if addr := env.Get("DEBUG_ADDR", ""); addr != "" {
		go func() {
			log.Printf("pprof listens on %s", addr)
			log.Println(http.ListenAndServe(addr, nil))
		}()
	}
	if addr := env.Get("STATSD_ADDR", ""); addr != "" {
		stats, err := statsd.Dial(addr, "order")
		if err != nil {
			log.Fatal(err)
		}
		cfg.Stats = stats
	}
	svc := order.New(cfg)
	srv := newServer(env.Get("ORDER_ADDR", "localhost:8080"), svc.Handler())
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
