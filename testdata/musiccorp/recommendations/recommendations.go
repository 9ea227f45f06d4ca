// Package recommendations is the service that knows what else customers buy.
package recommendations

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"

	"github.com/musiccorp/musiccorp/internal/events"
	"github.com/musiccorp/musiccorp/internal/web"
)

// Schema is what the service needs in its database.
const Schema = `CREATE TABLE IF NOT EXISTS sales (event_id TEXT PRIMARY KEY, sku TEXT NOT NULL, customer TEXT NOT NULL)`

// Recommended are the albums that go with another.
type Recommended struct {
	SKU  string   `json:"sku"`
	Also []string `json:"also"`
}

// Service is the recommendations service.
type Service struct {
	db *sql.DB
}

// New returns a recommendations service that keeps what it knows in db.
func New(db *sql.DB) *Service {
	return &Service{db: db}
}

// Handler serves the recommendations.
func (s *Service) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", web.Live)
	mux.HandleFunc("GET /readyz", web.Live)
	mux.HandleFunc("GET /recommendations/{sku}", s.get)
	return mux
}

// Handle learns from an order that has been placed.
func (s *Service) Handle(ctx context.Context, e events.Event) error {
	if e.Type != events.OrderPlaced {
		return nil
	}
	_, err := s.db.ExecContext(ctx, "INSERT INTO sales (event_id, sku, customer) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", e.ID, e.SKU, e.Customer)
	if err != nil {
		return fmt.Errorf("count sale of %s: %w", e.SKU, err)
	}
	return nil
}

func (s *Service) get(w http.ResponseWriter, r *http.Request) {
	sku := r.PathValue("sku")
	also, err := s.also(r.Context(), sku)
	if err != nil {
		web.Fail(w, http.StatusInternalServerError, err)
		return
	}
	web.JSON(w, http.StatusOK, Recommended{SKU: sku, Also: also})
}

// also returns what customers who have bought the album have bought most.
func (s *Service) also(ctx context.Context, sku string) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT sku FROM sales
		WHERE sku <> $1 AND customer IN (SELECT customer FROM sales WHERE sku = $2)
		GROUP BY sku ORDER BY count(*) DESC, sku LIMIT 3`, sku, sku)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	also := []string{}
	for rows.Next() {
		var other string
		if err := rows.Scan(&other); err != nil {
			return nil, err
		}
		also = append(also, other)
	}
	return also, rows.Err()
}
