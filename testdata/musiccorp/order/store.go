package order

import (
	"fmt"
	"slices"
	"sync"
)

// Store keeps the orders.
type Store struct {
	mu     sync.Mutex
	orders map[string]Order
}

// NewStore returns an empty store.
func NewStore() *Store {
	return &Store{orders: make(map[string]Order)}
}

// Create adds an order.
func (s *Store) Create(o Order) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.orders[o.ID]; ok {
		return fmt.Errorf("%w: %s", ErrExists, o.ID)
	}
	s.orders[o.ID] = o
	return nil
}

// Get returns the order with the id.
func (s *Store) Get(id string) (Order, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o, ok := s.orders[id]
	if !ok {
		return Order{}, fmt.Errorf("%w: %q", ErrNotFound, id)
	}
	return o, nil
}

// Move changes the status of an order that is in one of the states from, and
// notes its shipment if there is one.
func (s *Store) Move(id string, to Status, shipmentID string, from ...Status) (Order, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o, ok := s.orders[id]
	if !ok {
		return Order{}, fmt.Errorf("%w: %q", ErrNotFound, id)
	}
	if !slices.Contains(from, o.Status) {
		return Order{}, fmt.Errorf("%w: %s is %s", ErrWrongStatus, id, o.Status)
	}
	o.Status = to
	if shipmentID != "" {
		o.ShipmentID = shipmentID
	}
	s.orders[id] = o
	return o, nil
}
