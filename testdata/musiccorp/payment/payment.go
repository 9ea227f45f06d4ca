// Package payment is the service that charges customers, through a payment
// provider.
package payment

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"sync"
	"time"

	"github.com/musiccorp/musiccorp/internal/id"
	"github.com/musiccorp/musiccorp/internal/web"
)

// Payment is the money taken for an order.
type Payment struct {
	ID          string `json:"id"`
	OrderID     string `json:"orderId"`
	Customer    string `json:"customer"`
	AmountCents int    `json:"amountCents"`
	ChargeID    string `json:"chargeId"`
	Status      Status `json:"status"`
}

// Status says how far a payment has come.
type Status string

// The states of a payment.
const (
	Captured Status = "captured"
	Refunded Status = "refunded"
)

// What can be wrong with a payment.
var (
	ErrDeclined = errors.New("payment declined")
	ErrNotFound = errors.New("no such payment")
	ErrAmount   = errors.New("amount must be positive")
)

// Service is the payment service.
type Service struct {
	providerURL string
	provider    *providerClient

	mu       sync.Mutex
	payments map[string]Payment
}

// New returns a payment service that charges through the provider.
func New(providerURL string) *Service {
	return &Service{
		providerURL: providerURL,
		provider:    newProviderClient(providerURL),
		payments:    make(map[string]Payment),
	}
}

// Handler serves the payment service.
func (s *Service) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", web.Live)
	mux.HandleFunc("GET /readyz", s.ready)
	mux.HandleFunc("POST /payments", s.create)
	mux.HandleFunc("GET /payments/{id}", s.get)
	mux.HandleFunc("POST /payments/{id}/refund", s.refund)
	return web.WithRequestID(mux)
}

// ready says whether the provider can be reached.
func (s *Service) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.providerURL+"/ping", nil)
	if err != nil {
		web.Fail(w, http.StatusInternalServerError, err)
		return
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		web.Fail(w, http.StatusServiceUnavailable, err)
		return
	}
	defer resp.Body.Close()
	if err := web.Read(resp, nil); err != nil {
		web.Fail(w, http.StatusServiceUnavailable, err)
		return
	}
	web.Live(w, r)
}

func (s *Service) create(w http.ResponseWriter, r *http.Request) {
	var p Payment
	if err := web.Decode(w, r, &p); err != nil {
		web.Fail(w, http.StatusBadRequest, err)
		return
	}
	if p.AmountCents <= 0 {
		web.Fail(w, http.StatusBadRequest, ErrAmount)
		return
	}
	chargeID, err := s.provider.charge(r.Context(), p.OrderID, p.AmountCents)
	if err != nil {
		log.Printf("%s: charge for %s: %v", web.RequestID(r.Context()), p.OrderID, err)
		web.Fail(w, statusOf(err), err)
		return
	}
	p.ID, p.ChargeID, p.Status = id.New("pay"), chargeID, Captured
	s.save(p)
	web.JSON(w, http.StatusCreated, p)
}

func (s *Service) get(w http.ResponseWriter, r *http.Request) {
	p, err := s.find(r.PathValue("id"))
	if err != nil {
		web.Fail(w, statusOf(err), err)
		return
	}
	web.JSON(w, http.StatusOK, p)
}

func (s *Service) refund(w http.ResponseWriter, r *http.Request) {
	p, err := s.find(r.PathValue("id"))
	if err != nil {
		web.Fail(w, statusOf(err), err)
		return
	}
	if p.Status != Refunded {
		if err := s.provider.refund(r.Context(), p.ChargeID); err != nil {
			log.Printf("%s: refund %s: %v", web.RequestID(r.Context()), p.ID, err)
			web.Fail(w, statusOf(err), err)
			return
		}
		p.Status = Refunded
		s.save(p)
	}
	web.JSON(w, http.StatusOK, p)
}

func (s *Service) save(p Payment) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.payments[p.ID] = p
}

func (s *Service) find(id string) (Payment, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.payments[id]
	if !ok {
		return Payment{}, fmt.Errorf("%w: %q", ErrNotFound, id)
	}
	return p, nil
}

func statusOf(err error) int {
	switch {
	case errors.Is(err, ErrDeclined):
		return http.StatusPaymentRequired
	case errors.Is(err, ErrNotFound):
		return http.StatusNotFound
	default:
		return http.StatusBadGateway
	}
}
