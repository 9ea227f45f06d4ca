// Package inventory is the service that knows what is on the shelves and for
// which orders it is set aside.
package inventory

import (
	"errors"
	"fmt"
	"net/http"
	"sync"

	"github.com/musiccorp/musiccorp/internal/web"
)

// Stock is what is on the shelf and not set aside.
type Stock struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

// Reservation is stock that is set aside for an order.
type Reservation struct {
	OrderID  string `json:"orderId"`
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

// What can be wrong with a reservation.
var (
	ErrOutOfStock = errors.New("out of stock")
	ErrReserved   = errors.New("order has a reservation already")
	ErrNotFound   = errors.New("no such reservation")
	ErrQuantity   = errors.New("quantity must be positive")
)

// Service is the inventory.
type Service struct {
	shelves  *store
	supplier *supplierClient
}

// New returns an inventory with empty shelves that orders from the supplier.
func New(supplierURL string) *Service {
	return &Service{
		shelves:  &store{stock: make(map[string]int), reserved: make(map[string]Reservation)},
		supplier: newSupplierClient(supplierURL),
	}
}

// Handler serves the inventory.
func (s *Service) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", web.Live)
	mux.HandleFunc("GET /readyz", web.Live)
	mux.HandleFunc("GET /stock/{sku}", s.get)
	mux.HandleFunc("PUT /stock/{sku}", s.put)
	mux.HandleFunc("POST /stock/{sku}/reorder", s.reorder)
	mux.HandleFunc("POST /reservations", s.reserve)
	mux.HandleFunc("DELETE /reservations/{order}", s.release)
	return mux
}

func (s *Service) get(w http.ResponseWriter, r *http.Request) {
	web.JSON(w, http.StatusOK, s.shelves.get(r.PathValue("sku")))
}

func (s *Service) put(w http.ResponseWriter, r *http.Request) {
	var stock Stock
	if err := web.Decode(w, r, &stock); err != nil {
		web.Fail(w, http.StatusBadRequest, err)
		return
	}
	if stock.Quantity < 0 {
		web.Fail(w, http.StatusBadRequest, ErrQuantity)
		return
	}
	stock.SKU = r.PathValue("sku")
	s.shelves.put(stock)
	web.JSON(w, http.StatusOK, stock)
}

func (s *Service) reorder(w http.ResponseWriter, r *http.Request) {
	var stock Stock
	if err := web.Decode(w, r, &stock); err != nil {
		web.Fail(w, http.StatusBadRequest, err)
		return
	}
	if stock.Quantity <= 0 {
		web.Fail(w, http.StatusBadRequest, ErrQuantity)
		return
	}
	po, err := s.supplier.order(r.Context(), r.PathValue("sku"), stock.Quantity)
	if err != nil {
		web.Fail(w, http.StatusBadGateway, err)
		return
	}
	web.JSON(w, http.StatusAccepted, po)
}

func (s *Service) reserve(w http.ResponseWriter, r *http.Request) {
	var res Reservation
	if err := web.Decode(w, r, &res); err != nil {
		web.Fail(w, http.StatusBadRequest, err)
		return
	}
	switch err := s.shelves.reserve(res); {
	case errors.Is(err, ErrQuantity):
		web.Fail(w, http.StatusBadRequest, err)
	case err != nil:
		web.Fail(w, http.StatusConflict, err)
	default:
		web.JSON(w, http.StatusCreated, res)
	}
}

func (s *Service) release(w http.ResponseWriter, r *http.Request) {
	if err := s.shelves.release(r.PathValue("order")); err != nil {
		web.Fail(w, http.StatusNotFound, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

type store struct {
	mu       sync.Mutex
	stock    map[string]int
	reserved map[string]Reservation // by order
}

func (s *store) get(sku string) Stock {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Stock{SKU: sku, Quantity: s.stock[sku]}
}

func (s *store) put(stock Stock) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stock[stock.SKU] = stock.Quantity
}

func (s *store) reserve(r Reservation) error {
	if r.Quantity <= 0 {
		return ErrQuantity
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if before, ok := s.reserved[r.OrderID]; ok {
		if before == r {
			return nil // asked for again
		}
		return ErrReserved
	}
	if left := s.stock[r.SKU]; left < r.Quantity {
		return fmt.Errorf("%w: %d of %q left", ErrOutOfStock, left, r.SKU)
	}
	s.stock[r.SKU] -= r.Quantity
	s.reserved[r.OrderID] = r
	return nil
}

func (s *store) release(orderID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.reserved[orderID]
	if !ok {
		return ErrNotFound
	}
	delete(s.reserved, orderID)
	s.stock[r.SKU] += r.Quantity
	return nil
}
