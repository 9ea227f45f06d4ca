package order

import (
	"errors"
	"fmt"
	"log"
	"net/http"

	"github.com/musiccorp/musiccorp/internal/web"
)

// Confirmation is what a customer gets to see of an order, and what else there
// is to buy.
type Confirmation struct {
	Order
	Also []string `json:"also,omitempty"`
}

// Handler serves the order service.
func (s *Service) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", web.Live)
	mux.HandleFunc("GET /readyz", web.Live)
	mux.HandleFunc("POST /orders", s.place)
	mux.HandleFunc("GET /orders", s.list)
	mux.HandleFunc("GET /orders/{id}", s.get)
	mux.HandleFunc("POST /orders/{id}/shipment", s.ship)
	mux.HandleFunc("PUT /orders/{id}/status", s.setStatus)
	return web.WithRequestID(mux)
}

func (s *Service) place(w http.ResponseWriter, r *http.Request) {
	var req Request
	if err := web.Decode(w, r, &req); err != nil {
		web.Fail(w, http.StatusBadRequest, err)
		return
	}
	o, err := s.Place(r.Context(), req)
	if err != nil {
		web.Fail(w, statusOf(err), err)
		return
	}
	w.Header().Set("Location", "/orders/"+o.ID)
	status := http.StatusCreated
	if o.Status != Placed {
		status = http.StatusAccepted
	}
	web.JSON(w, status, Confirmation{Order: o, Also: s.recommend(r, o)})
}

// recommend returns what to offer with an order.
func (s *Service) recommend(r *http.Request, o Order) []string {
	also, err := s.also.For(o.SKU)
	if err != nil {
		// The order is worth confirming without it.
		log.Printf("%s: recommend with %s: %v", web.RequestID(r.Context()), o.ID, err)
	}
	return also
}

// list is for those who look after orders that are stuck.
func (s *Service) list(w http.ResponseWriter, r *http.Request) {
	orders, err := s.orders.List(Status(r.FormValue("status")))
	if err != nil {
		web.Fail(w, statusOf(err), err)
		return
	}
	web.JSON(w, http.StatusOK, orders)
}

func (s *Service) get(w http.ResponseWriter, r *http.Request) {
	o, err := s.orders.Get(r.PathValue("id"))
	reply(w, o, err)
}

func (s *Service) ship(w http.ResponseWriter, r *http.Request) {
	o, err := s.Ship(r.Context(), r.PathValue("id"))
	reply(w, o, err)
}

func (s *Service) setStatus(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Status Status `json:"status"`
	}
	if err := web.Decode(w, r, &body); err != nil {
		web.Fail(w, http.StatusBadRequest, err)
		return
	}
	if body.Status != Shipped {
		web.Fail(w, http.StatusBadRequest, fmt.Errorf("status can only be set to %q", Shipped))
		return
	}
	o, err := s.MarkShipped(r.PathValue("id"))
	reply(w, o, err)
}

func reply(w http.ResponseWriter, o Order, err error) {
	if err != nil {
		web.Fail(w, statusOf(err), err)
		return
	}
	web.JSON(w, http.StatusOK, o)
}

func statusOf(err error) int {
	switch {
	case errors.Is(err, ErrInvalid):
		return http.StatusBadRequest
	case errors.Is(err, ErrDeclined):
		return http.StatusPaymentRequired
	case errors.Is(err, ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, ErrOutOfStock), errors.Is(err, ErrExists), errors.Is(err, ErrWrongStatus):
		return http.StatusConflict
	case errors.Is(err, ErrUnknownAlbum), errors.Is(err, ErrShipmentRefused):
		return http.StatusUnprocessableEntity
	default:
		return http.StatusBadGateway
	}
}
