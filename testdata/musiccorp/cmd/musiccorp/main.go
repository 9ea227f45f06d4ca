// Command musiccorp runs the whole of MusicCorp in one process: it starts the
// services on the loopback interface, buys two records and says what happened.
//
// With -serve it fills the shop and keeps running, for you to buy something.
package main

import (
	"flag"
	"fmt"
	"log"
	"maps"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"github.com/musiccorp/musiccorp/catalog"
	"github.com/musiccorp/musiccorp/internal/web"
	"github.com/musiccorp/musiccorp/inventory"
	"github.com/musiccorp/musiccorp/order"
	"github.com/musiccorp/musiccorp/payment"
	"github.com/musiccorp/musiccorp/shipping"
)

var client = &http.Client{Timeout: 10 * time.Second}

func main() {
	log.SetFlags(0)
	serve := flag.Bool("serve", false, "fill the shop and keep running, on the services' own ports")
	flag.Parse()
	if err := run(*serve); err != nil {
		log.Fatal(err)
	}
}

func run(serve bool) error {
	s, err := start(serve)
	if err != nil {
		return err
	}
	defer s.close()
	for _, name := range slices.Sorted(maps.Keys(s.urls)) {
		fmt.Printf("%-15s %s\n", name, s.urls[name])
	}
	if err := s.fill(); err != nil {
		return err
	}
	fmt.Println("\nthe label's albums are on sale, 5 of each in stock")
	if !serve {
		return s.tour()
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	<-stop
	return nil
}

// fill imports the label's albums and puts five of each on the shelf.
func (s *system) fill() error {
	var c caller
	var albums []catalog.Album
	c.call(http.MethodPost, s.urls["catalog"]+"/import", nil, nil)
	c.call(http.MethodGet, s.urls["catalog"]+"/albums", nil, &albums)
	for _, a := range albums {
		c.call(http.MethodPut, s.urls["inventory"]+"/stock/"+a.SKU, inventory.Stock{Quantity: 5}, nil)
	}
	return c.err
}

// tour buys two records and follows them through the services.
func (s *system) tour() error {
	var (
		c     caller
		o     order.Order
		stock inventory.Stock
		p     payment.Payment
		sh    shipping.Shipment
	)
	c.call(http.MethodPost, s.urls["order"]+"/orders", order.Request{SKU: "give-blood", Quantity: 2, Customer: "sam"}, &o)
	c.call(http.MethodGet, s.urls["inventory"]+"/stock/"+o.SKU, nil, &stock)
	c.call(http.MethodGet, s.urls["payment"]+"/payments/"+o.PaymentID, nil, &p)
	c.call(http.MethodGet, s.urls["shipping"]+"/shipments/"+o.ShipmentID, nil, &sh)
	if c.err != nil {
		return c.err
	}
	fmt.Printf("order      %s: %d x %s for %s, %s\n", o.ID, o.Quantity, o.Title, euros(o.TotalCents), o.Status)
	fmt.Printf("inventory  %d left\n", stock.Quantity)
	fmt.Printf("payment    %s: %s %s\n", p.ID, euros(p.AmountCents), p.Status)
	fmt.Printf("shipping   %s: parcel %s, %s\n", sh.ID, sh.Tracking, sh.State)

	c.call(http.MethodPost, s.urls["shipping"]+"/shipments/"+sh.ID+"/pickup", nil, nil)
	c.call(http.MethodGet, s.urls["order"]+"/orders/"+o.ID, nil, &o)
	if c.err != nil {
		return c.err
	}
	fmt.Printf("order      %s: %s\n", o.ID, o.Status)
	return nil
}

func euros(cents int) string {
	return fmt.Sprintf("%d.%02d EUR", cents/100, cents%100)
}

// caller calls services until one fails.
type caller struct {
	err error
}

func (c *caller) call(method, url string, in, out any) {
	if c.err == nil {
		c.err = call(method, url, in, out)
	}
}

func call(method, url string, in, out any) error {
	body, err := web.Body(in)
	if err != nil {
		return err
	}
	req, err := http.NewRequest(method, url, body)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if err := web.Read(resp, out); err != nil {
		return fmt.Errorf("%s %s: %w", method, url, err)
	}
	return nil
}
