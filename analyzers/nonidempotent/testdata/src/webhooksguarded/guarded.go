// Package webhooksguarded looks at the id.
package webhooksguarded

import (
	"database/sql"
	"io"
	"net/http"

	"github.com/stripe/stripe-go/v82/webhook"
)

type server struct{ db *sql.DB }

func (s *server) stripe(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	event, err := webhook.ConstructEvent(body, r.Header.Get("Stripe-Signature"), "secret")
	if err != nil {
		return
	}
	s.db.ExecContext(r.Context(), "INSERT INTO payments (event) VALUES ($1)", event.ID)
}

func (s *server) github(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("X-Hub-Signature-256") == "" {
		return
	}
	s.db.ExecContext(r.Context(), "INSERT INTO builds (delivery) VALUES ($1)", r.Header.Get("X-GitHub-Delivery"))
}

// It only sets.
func (s *server) sets(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("X-Hub-Signature-256") != "" {
		s.db.ExecContext(r.Context(), "UPDATE builds SET ref = $1", 1)
	}
}
