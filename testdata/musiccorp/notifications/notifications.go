// Package notifications is the service that mails customers about their orders.
package notifications

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"

	"github.com/musiccorp/musiccorp/internal/events"
	"github.com/musiccorp/musiccorp/internal/web"
)

// Schema is what the service needs in its database.
const Schema = `CREATE TABLE IF NOT EXISTS mails (order_id TEXT NOT NULL, customer TEXT NOT NULL, text TEXT NOT NULL)`

// Service is the notifications service.
type Service struct {
	db     *sql.DB
	mailer *mailClient
}

// New returns a notifications service that mails through the provider at
// mailURL, and keeps a record in db.
func New(db *sql.DB, mailURL string) *Service {
	return &Service{db: db, mailer: &mailClient{baseURL: mailURL}}
}

// Handler answers the service's probes.
func (s *Service) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", web.Live)
	mux.HandleFunc("GET /readyz", web.Live)
	return mux
}

// Handle mails the customer of an order that has been placed.
func (s *Service) Handle(ctx context.Context, e events.Event) error {
	if e.Type != events.OrderPlaced {
		return nil
	}
	text := fmt.Sprintf("Thank you! %d x %s will be on its way soon.", e.Quantity, e.Title)
	if err := s.mailer.sendMail(e.Customer, e.OrderID, text); err != nil {
		return err
	}
	_, err := s.db.ExecContext(ctx, "INSERT INTO mails (order_id, customer, text) VALUES ($1, $2, $3)", e.OrderID, e.Customer, text)
	return err
}
