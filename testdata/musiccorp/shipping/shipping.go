// Package shipping is the service that gets records to customers, by a carrier.
package shipping

import (
	"errors"
	"fmt"
	"log"
	"net/http"
	"sync"
	"time"

	"github.com/musiccorp/musiccorp/internal/web"
)

// Shipment is a parcel on its way to a customer.
type Shipment struct {
	ID       string `json:"id"`
	OrderID  string `json:"orderId"`
	Customer string `json:"customer"`
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
	Tracking string `json:"tracking"`
	State    string `json:"state,omitempty"` // as the carrier words it
}

// What can be wrong with a shipment.
var (
	ErrRefused  = errors.New("carrier refused the parcel")
	ErrNotFound = errors.New("no such shipment")
)

// Config says where shipping's peers are.
type Config struct {
	OrderURL   string
	CarrierURL string
}

// Service is the shipping service.
type Service struct {
	carrier  *carrierClient
	tracking *trackingClient
	orders   *orderClient

	mu        sync.Mutex
	shipments map[string]Shipment
}

// New returns a shipping service.
func New(cfg Config) *Service {
	return &Service{
		carrier:   &carrierClient{baseURL: cfg.CarrierURL},
		tracking:  &trackingClient{baseURL: cfg.CarrierURL, timeout: 3 * time.Second},
		orders:    newOrderClient(cfg.OrderURL, 5*time.Second),
		shipments: make(map[string]Shipment),
	}
}

// Handler serves the shipping service.
func (s *Service) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", web.Live)
	mux.HandleFunc("GET /readyz", web.Live)
	mux.HandleFunc("POST /shipments", s.create)
	mux.HandleFunc("GET /shipments/{id}", s.get)
	mux.HandleFunc("POST /shipments/{id}/pickup", s.pickup)
	return web.WithRequestID(mux)
}

func (s *Service) create(w http.ResponseWriter, r *http.Request) {
	var sh Shipment
	if err := web.Decode(w, r, &sh); err != nil {
		web.Fail(w, http.StatusBadRequest, err)
		return
	}
	tracking, err := s.carrier.book(sh.OrderID, sh.Quantity)
	if err != nil {
		log.Printf("%s: book parcel for %s: %v", web.RequestID(r.Context()), sh.OrderID, err)
		web.Fail(w, statusOf(err), err)
		return
	}
	sh.ID, sh.Tracking = "shp-"+sh.OrderID, tracking
	s.mu.Lock()
	s.shipments[sh.ID] = sh
	s.mu.Unlock()
	web.JSON(w, http.StatusCreated, sh)
}

func (s *Service) get(w http.ResponseWriter, r *http.Request) {
	sh, err := s.find(r.PathValue("id"))
	if err != nil {
		web.Fail(w, statusOf(err), err)
		return
	}
	if sh.State, err = s.tracking.state(r.Context(), sh.Tracking); err != nil {
		log.Printf("%s: track %s: %v", web.RequestID(r.Context()), sh.ID, err)
	}
	web.JSON(w, http.StatusOK, sh)
}

// pickup is called when the carrier has collected the parcel.
func (s *Service) pickup(w http.ResponseWriter, r *http.Request) {
	sh, err := s.find(r.PathValue("id"))
	if err != nil {
		web.Fail(w, statusOf(err), err)
		return
	}
	if err := s.orders.markShipped(r.Context(), sh.OrderID); err != nil {
		web.Fail(w, statusOf(err), err)
		return
	}
	web.JSON(w, http.StatusOK, sh)
}

func (s *Service) find(id string) (Shipment, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sh, ok := s.shipments[id]
	if !ok {
		return Shipment{}, fmt.Errorf("%w: %q", ErrNotFound, id)
	}
	return sh, nil
}

func statusOf(err error) int {
	switch {
	case errors.Is(err, ErrRefused):
		return http.StatusUnprocessableEntity
	case errors.Is(err, ErrNotFound):
		return http.StatusNotFound
	default:
		return http.StatusBadGateway
	}
}
