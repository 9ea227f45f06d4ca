package main

import (
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/musiccorp/musiccorp/catalog"
	"github.com/musiccorp/musiccorp/inventory"
	"github.com/musiccorp/musiccorp/order"
	"github.com/musiccorp/musiccorp/partners"
	"github.com/musiccorp/musiccorp/payment"
	"github.com/musiccorp/musiccorp/shipping"
)

// ports are where the services listen when they run on their own.
var ports = map[string]int{
	"order": 8080, "catalog": 8081, "inventory": 8082, "payment": 8083, "shipping": 8084, "partners": 8090,
}

// system is all of MusicCorp in one process.
type system struct {
	urls    map[string]string
	servers []*http.Server
}

// start starts every service on the loopback interface, on the ports of its
// own or on any that are free.
func start(ownPorts bool) (*system, error) {
	s := &system{urls: make(map[string]string)}
	listeners := make(map[string]net.Listener)
	for name, port := range ports {
		if !ownPorts {
			port = 0
		}
		ln, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			for _, ln := range listeners {
				_ = ln.Close()
			}
			return nil, fmt.Errorf("start %s: %w", name, err)
		}
		listeners[name] = ln
		s.urls[name] = "http://" + ln.Addr().String()
	}

	outside := s.urls["partners"]
	handlers := map[string]http.Handler{
		"partners":  partners.Handler(),
		"catalog":   catalog.New(catalog.Config{InventoryURL: s.urls["inventory"], FeedURL: outside + "/feed"}).Handler(),
		"inventory": inventory.New(outside).Handler(),
		"payment":   payment.New(outside).Handler(),
		"shipping":  shipping.New(shipping.Config{OrderURL: s.urls["order"], CarrierURL: outside}).Handler(),
		"order": order.New(order.Config{
			CatalogURL:   s.urls["catalog"],
			InventoryURL: s.urls["inventory"],
			PaymentURL:   s.urls["payment"],
			ShippingURL:  s.urls["shipping"],
		}).Handler(),
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

func (s *system) close() {
	for _, srv := range s.servers {
		_ = srv.Close()
	}
}
