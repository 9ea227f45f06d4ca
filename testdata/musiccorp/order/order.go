// Package order is the service that takes orders: it prices them, sets the
// stock aside, takes the money and has them shipped.
package order

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log"

	"github.com/musiccorp/musiccorp/internal/events"
	"github.com/musiccorp/musiccorp/internal/id"
	"github.com/musiccorp/musiccorp/internal/statsd"
	"github.com/musiccorp/musiccorp/internal/web"
)

// Order is what a customer has bought.
type Order struct {
	ID         string `json:"id"`
	SKU        string `json:"sku"`
	Title      string `json:"title"`
	Quantity   int    `json:"quantity"`
	Customer   string `json:"customer"`
	TotalCents int    `json:"totalCents"`
	Status     Status `json:"status"`
	PaymentID  string `json:"paymentId,omitempty"`
	ShipmentID string `json:"shipmentId,omitempty"`
}

// Status says how far an order has come.
type Status string

// The states of an order.
const (
	Paid      Status = "paid"   // and nobody has arranged the shipment yet
	Placed    Status = "placed" // paid, shipment arranged
	Shipped   Status = "shipped"
	Cancelled Status = "cancelled"
)

// Request is what a customer asks for. The shop's pages give the order its id,
// so that a double click makes one order.
type Request struct {
	ID       string `json:"id,omitempty"`
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
	Customer string `json:"customer"`
}

// What can be wrong with an order.
var (
	ErrInvalid         = errors.New("sku, customer and a positive quantity are needed")
	ErrUnknownAlbum    = errors.New("unknown album")
	ErrOutOfStock      = errors.New("out of stock")
	ErrDeclined        = errors.New("payment declined")
	ErrShipmentRefused = errors.New("shipment refused")
	ErrNotFound        = errors.New("no such order")
	ErrExists          = errors.New("order exists already")
	ErrWrongStatus     = errors.New("order is not in a state for that")
)

// Config says where the order service's peers are.
type Config struct {
	CatalogURL         string
	InventoryURL       string
	PaymentURL         string
	ShippingURL        string
	RecommendationsURL string

	DB     *sql.DB
	Events *events.Publisher // optional
	Stats  *statsd.Client    // optional
}

// Service is the order service.
type Service struct {
	orders    *Store
	catalog   *CatalogClient
	inventory *InventoryClient
	payment   *PaymentClient
	shipping  *ShippingClient
	also      *RecommendationsClient
	events    *events.Publisher
	stats     *statsd.Client
}

// New returns an order service that keeps its orders in cfg.DB.
func New(cfg Config) *Service {
	return &Service{
		orders:    NewStore(cfg.DB),
		catalog:   NewCatalogClient(cfg.CatalogURL),
		inventory: NewInventoryClient(cfg.InventoryURL),
		payment:   NewPaymentClient(cfg.PaymentURL),
		shipping:  NewShippingClient(cfg.ShippingURL, nil),
		also:      NewRecommendationsClient(cfg.RecommendationsURL),
		events:    cfg.Events,
		stats:     cfg.Stats,
	}
}

// Place takes an order. If shipping cannot be reached the order stays paid, and
// Ship can be called when it is back.
func (s *Service) Place(ctx context.Context, req Request) (Order, error) {
	if req.SKU == "" || req.Customer == "" || req.Quantity <= 0 {
		return Order{}, ErrInvalid
	}
	album, err := s.catalog.Album(req.SKU)
	if err != nil {
		return Order{}, err
	}
	o := Order{
		ID:         cmp.Or(req.ID, id.New("ord")),
		SKU:        album.SKU,
		Title:      album.Title,
		Quantity:   req.Quantity,
		Customer:   req.Customer,
		TotalCents: album.PriceCents * req.Quantity,
		Status:     Paid,
	}
	if o.PaymentID, err = s.pay(ctx, o); err != nil {
		return Order{}, err
	}
	if err := s.orders.Create(o); err != nil {
		s.refund(ctx, o)
		s.release(ctx, o)
		return Order{}, err
	}
	s.stats.Count("paid")

	shipped, err := s.Ship(ctx, o.ID)
	if errors.Is(err, ErrShipmentRefused) {
		return Order{}, err
	}
	if err != nil {
		log.Printf("%s: %s has to be shipped later: %v", web.RequestID(ctx), o.ID, err)
		return o, nil
	}
	return shipped, nil
}

// pay sets the stock of an order aside, takes the money, and returns the
// payment's id.
func (s *Service) pay(ctx context.Context, o Order) (string, error) {
	if err := s.inventory.Reserve(o.ID, o.SKU, o.Quantity); err != nil {
		return "", err
	}
	paymentID, err := s.payment.Charge(ctx, o)
	if err != nil {
		s.release(ctx, o)
	}
	return paymentID, err
}

// Ship arranges the shipment of a paid order. An order that shipping refuses is
// cancelled.
func (s *Service) Ship(ctx context.Context, orderID string) (Order, error) {
	o, err := s.orders.Get(orderID)
	if err != nil {
		return Order{}, err
	}
	if o.Status != Paid {
		return Order{}, fmt.Errorf("%w: %s is %s", ErrWrongStatus, o.ID, o.Status)
	}
	shipmentID, err := s.shipping.Ship(ctx, o)
	if errors.Is(err, ErrShipmentRefused) {
		s.refund(ctx, o)
		s.release(ctx, o)
		if _, err := s.orders.Move(o.ID, Cancelled, "", Paid); err != nil {
			log.Printf("%s: cancel %s: %v", web.RequestID(ctx), o.ID, err)
		}
		s.stats.Count("cancelled")
		return Order{}, err
	}
	if err != nil {
		return Order{}, err
	}
	s.stats.Count("placed")
	if err := s.announce(ctx, o); err != nil {
		return Order{}, err
	}
	return s.orders.Move(o.ID, Placed, shipmentID, Paid)
}

// announce tells the other services of an order that has been placed.
func (s *Service) announce(ctx context.Context, o Order) error {
	err := s.events.Publish(ctx, events.Event{
		ID: "placed-" + o.ID, Type: events.OrderPlaced,
		OrderID: o.ID, SKU: o.SKU, Title: o.Title, Quantity: o.Quantity, Customer: o.Customer,
	})
	if err != nil {
		return fmt.Errorf("announce %s: %w", o.ID, err)
	}
	return nil
}

// MarkShipped notes that the carrier has an order.
func (s *Service) MarkShipped(orderID string) (Order, error) {
	return s.orders.Move(orderID, Shipped, "", Placed, Shipped)
}

func (s *Service) refund(ctx context.Context, o Order) {
	if err := s.payment.Refund(ctx, o.PaymentID); err != nil {
		log.Printf("%s: refund %s: %v", web.RequestID(ctx), o.ID, err)
	}
}

func (s *Service) release(ctx context.Context, o Order) {
	if err := s.inventory.Release(o.ID); err != nil {
		log.Printf("%s: release stock of %s: %v", web.RequestID(ctx), o.ID, err)
	}
}
