package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/musiccorp/musiccorp/catalog"
	"github.com/musiccorp/musiccorp/internal/env"
	"github.com/musiccorp/musiccorp/internal/events"
	"github.com/musiccorp/musiccorp/internal/storage"
	"github.com/musiccorp/musiccorp/inventory"
	"github.com/musiccorp/musiccorp/notifications"
	"github.com/musiccorp/musiccorp/order"
	"github.com/musiccorp/musiccorp/partners"
	"github.com/musiccorp/musiccorp/payment"
	"github.com/musiccorp/musiccorp/recommendations"
	"github.com/musiccorp/musiccorp/shipping"
)

// ports are where the services listen when they run on their own.
var ports = map[string]int{
	"order": 8080, "catalog": 8081, "inventory": 8082, "payment": 8083, "shipping": 8084,
	"notifications": 8085, "recommendations": 8086, "partners": 8090,
}

// system is all of MusicCorp in one process.
type system struct {
	urls    map[string]string
	servers []*http.Server
	closers []func()
	workers []func()
}

// start starts every service on the loopback interface, on the ports of its
// own or on any that are free, with databases in a temporary folder, and with a
// broker in this process unless KAFKA_BROKERS says where there is one.
func start(ownPorts bool) (s *system, err error) {
	s = &system{urls: make(map[string]string)}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	listeners := make(map[string]net.Listener)
	for name, port := range ports {
		if !ownPorts {
			port = 0
		}
		ln, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			return nil, fmt.Errorf("start %s: %w", name, err)
		}
		s.closers = append(s.closers, func() { _ = ln.Close() })
		listeners[name] = ln
		s.urls[name] = "http://" + ln.Addr().String()
	}
	handlers, err := s.services()
	if err != nil {
		return nil, err
	}
	for name, ln := range listeners {
		srv := &http.Server{Handler: handlers[name], ReadHeaderTimeout: 5 * time.Second}
		s.servers = append(s.servers, srv)
		go func() {
			if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
				log.Printf("%s: %v", name, err)
			}
		}()
	}
	return s, nil
}

// services makes what is served at the urls.
func (s *system) services() (map[string]http.Handler, error) {
	dir, err := os.MkdirTemp("", "musiccorp")
	if err != nil {
		return nil, err
	}
	s.closers = append(s.closers, func() { _ = os.RemoveAll(dir) })
	databases := make(map[string]*sql.DB)
	for name, schema := range map[string]string{
		"order": order.Schema, "payment": payment.Schema,
		"notifications": notifications.Schema, "recommendations": recommendations.Schema,
	} {
		db, err := storage.Open(filepath.Join(dir, name+".db"), schema)
		if err != nil {
			return nil, err
		}
		s.closers = append(s.closers, func() { _ = db.Close() })
		databases[name] = db
	}

	brokers := env.Get("KAFKA_BROKERS", "")
	if brokers == "" {
		broker, err := events.StartBroker(0)
		if err != nil {
			return nil, err
		}
		s.closers = append(s.closers, broker.Close)
		brokers = broker.Addr
	}
	publisher, err := events.NewPublisher(brokers)
	if err != nil {
		return nil, err
	}
	s.closers = append(s.closers, publisher.Close)

	outside := s.urls["partners"]
	mails, also := notifications.New(databases["notifications"], outside), recommendations.New(databases["recommendations"])
	s.consume(brokers, "notifications", mails.Handle)
	s.consume(brokers, "recommendations", also.Handle)
	orders := order.New(order.Config{
		CatalogURL:         s.urls["catalog"],
		InventoryURL:       s.urls["inventory"],
		PaymentURL:         s.urls["payment"],
		ShippingURL:        s.urls["shipping"],
		RecommendationsURL: s.urls["recommendations"],
		DB:                 databases["order"],
		Events:             publisher,
	})
	return map[string]http.Handler{
		"partners":        partners.Handler(),
		"catalog":         catalog.New(catalog.Config{InventoryURL: s.urls["inventory"], FeedURL: outside + "/feed"}).Handler(),
		"inventory":       inventory.New(outside).Handler(),
		"payment":         payment.New(databases["payment"], outside).Handler(),
		"shipping":        shipping.New(shipping.Config{OrderURL: s.urls["order"], CarrierURL: outside}).Handler(),
		"notifications":   mails.Handler(),
		"recommendations": also.Handler(),
		"order":           orders.Handler(),
	}, nil
}

// consume hands the events to a service until the system is closed.
func (s *system) consume(brokers, group string, handle func(context.Context, events.Event) error) {
	s.background(func(ctx context.Context) {
		if err := events.Consume(ctx, brokers, group, handle); err != nil {
			log.Printf("%s: %v", group, err)
		}
	})
}

// background runs f until the system is closed.
func (s *system) background(f func(context.Context)) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		f(ctx)
	}()
	s.workers = append(s.workers, func() { cancel(); <-done })
}

func (s *system) close() {
	for _, stop := range slices.Backward(s.workers) { // while what they call is still there
		stop()
	}
	for _, srv := range s.servers {
		_ = srv.Close()
	}
	for _, closer := range slices.Backward(s.closers) {
		closer()
	}
}
