// Package webhooks never looks at what is delivered twice.
package webhooks

import (
	"database/sql"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/stripe/stripe-go/v82/webhook"
)

type server struct{ db *sql.DB }

func (s *server) stripe(w http.ResponseWriter, r *http.Request) { // want `the sender of a webhook repeats it until it gets a 2xx in time, and each delivery adds to a number in accounts .*: the second counts twice; record the event's id first`
	body, _ := io.ReadAll(r.Body)
	event, err := webhook.ConstructEvent(body, r.Header.Get("Stripe-Signature"), "secret")
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if event.Type == "invoice.paid" {
		s.credit(r, event.Data)
	}
}

func (s *server) credit(r *http.Request, data []byte) {
	s.db.ExecContext(r.Context(), "UPDATE accounts SET credits = credits + 10 WHERE customer = $1", data)
}

func (s *server) github(c *gin.Context) { // want `the sender of a webhook repeats it`
	if c.GetHeader("X-Hub-Signature-256") == "" {
		return
	}
	s.db.ExecContext(c, "INSERT INTO builds (ref) VALUES ($1)", 1)
}
