// Package payment is the service that charges customers, through a payment
// provider.
package payment

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log"
	"net/http"
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

// Schema is what the service needs in its database.
const Schema = `CREATE TABLE IF NOT EXISTS payments (
	id           TEXT PRIMARY KEY,
	order_id     TEXT NOT NULL,
	customer     TEXT NOT NULL,
	amount_cents INTEGER NOT NULL,
	charge_id    TEXT NOT NULL,
	status       TEXT NOT NULL
)`

// Service is the payment service.
type Service struct {
	db          *sql.DB
	providerURL string
	provider    *providerClient
}

// New returns a payment service that charges through the provider, and keeps
// payments in db.
func New(db *sql.DB, providerURL string) *Service {
	return &Service{db: db, providerURL: providerURL, provider: newProviderClient(providerURL)}
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
	if err := s.add(r.Context(), p); err != nil {
		web.Fail(w, statusOf(err), err)
		return
	}
	web.JSON(w, http.StatusCreated, p)
}

func (s *Service) get(w http.ResponseWriter, r *http.Request) {
	p, err := s.find(r.Context(), r.PathValue("id"))
	if err != nil {
		web.Fail(w, statusOf(err), err)
		return
	}
	web.JSON(w, http.StatusOK, p)
}

func (s *Service) refund(w http.ResponseWriter, r *http.Request) {
	p, err := s.find(r.Context(), r.PathValue("id"))
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
		if _, err := s.db.ExecContext(r.Context(), "UPDATE payments SET status = $1 WHERE id = $2", p.Status, p.ID); err != nil {
			web.Fail(w, statusOf(err), err)
			return
		}
	}
	web.JSON(w, http.StatusOK, p)
}

func (s *Service) add(ctx context.Context, p Payment) error {
	_, err := s.db.ExecContext(ctx,
		"INSERT INTO payments (id, order_id, customer, amount_cents, charge_id, status) VALUES ($1, $2, $3, $4, $5, $6)",
		p.ID, p.OrderID, p.Customer, p.AmountCents, p.ChargeID, p.Status)
	return err
}

func (s *Service) find(ctx context.Context, id string) (Payment, error) {
	p := Payment{ID: id}
	err := s.db.QueryRowContext(ctx, "SELECT order_id, customer, amount_cents, charge_id, status FROM payments WHERE id = $1", id).
		Scan(&p.OrderID, &p.Customer, &p.AmountCents, &p.ChargeID, &p.Status)
	if errors.Is(err, sql.ErrNoRows) {
		return Payment{}, fmt.Errorf("%w: %q", ErrNotFound, id)
	}
	return p, err
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
