package order

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

// Schema is what the service needs in its database.
const Schema = `CREATE TABLE IF NOT EXISTS orders (
	id          TEXT PRIMARY KEY,
	sku         TEXT NOT NULL,
	title       TEXT NOT NULL,
	quantity    INTEGER NOT NULL,
	customer    TEXT NOT NULL,
	total_cents INTEGER NOT NULL,
	status      TEXT NOT NULL,
	payment_id  TEXT NOT NULL,
	shipment_id TEXT NOT NULL
)`

const columns = "id, sku, title, quantity, customer, total_cents, status, payment_id, shipment_id"

// Store keeps the orders.
type Store struct {
	db *sql.DB
}

// NewStore returns a store of orders in db, which has the Schema.
func NewStore(db *sql.DB) *Store {
	return &Store{db: db}
}

// Create adds an order.
func (s *Store) Create(o Order) error {
	_, err := s.db.Exec("INSERT INTO orders ("+columns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		o.ID, o.SKU, o.Title, o.Quantity, o.Customer, o.TotalCents, o.Status, o.PaymentID, o.ShipmentID)
	if err == nil {
		return nil
	}
	if _, ofOld := s.Get(o.ID); ofOld == nil {
		return fmt.Errorf("%w: %s", ErrExists, o.ID)
	}
	return fmt.Errorf("add %s: %w", o.ID, err)
}

// Get returns the order with the id.
func (s *Store) Get(id string) (Order, error) {
	found, err := s.find("id", id)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("%w: %q", ErrNotFound, id)
	}
	if err != nil {
		return Order{}, err
	}
	return found[0], nil
}

// List returns the orders that are in one of the states.
func (s *Store) List(statuses ...Status) ([]Order, error) {
	var all []Order
	for _, status := range statuses {
		found, err := s.find("status", status)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// find returns the orders that have the value in the column.
func (s *Store) find(column string, value any) ([]Order, error) {
	rows, err := s.db.Query("SELECT "+columns+" FROM orders WHERE "+column+" = $1", value)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []Order
	for rows.Next() {
		var o Order
		if err := rows.Scan(&o.ID, &o.SKU, &o.Title, &o.Quantity, &o.Customer, &o.TotalCents, &o.Status, &o.PaymentID, &o.ShipmentID); err != nil {
			return nil, err
		}
		found = append(found, o)
	}
	return found, rows.Err()
}

// Move changes the status of an order that is in one of the states from, and
// notes its shipment if there is one.
func (s *Store) Move(id string, to Status, shipmentID string, from ...Status) (Order, error) {
	o, err := s.Get(id)
	if err != nil {
		return Order{}, err
	}
	if !slices.Contains(from, o.Status) {
		return Order{}, fmt.Errorf("%w: %s is %s", ErrWrongStatus, id, o.Status)
	}
	was := o.Status
	o.Status = to
	if shipmentID != "" {
		o.ShipmentID = shipmentID
	}
	return o, s.update(o, was)
}

// update writes what changes of an order whose status was as given.
func (s *Store) update(o Order, was Status) error {
	res, err := s.db.Exec("UPDATE orders SET status = $1, payment_id = $2, shipment_id = $3 WHERE id = $4 AND status = $5",
		o.Status, o.PaymentID, o.ShipmentID, o.ID, was)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(ErrWrongStatus, err)
	}
	return nil
}
