package health_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"

	"github.com/resilint/resilint/runtime/breaker"
	"github.com/resilint/resilint/runtime/health"
)

// probe asks as an orchestrator does.
func probe(h http.Handler, path string) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	var body struct{ Status string }
	_ = json.Unmarshal(w.Body.Bytes(), &body)
	fmt.Println(path, w.Code, body.Status)
}

func ExampleReady() {
	db := func(context.Context) error { return nil } // db.PingContext
	billing := breaker.New("billing", breaker.Config{})
	ready := health.Ready(
		health.Check{Name: "orders-db", Run: db},
		health.Breaker("billing", billing),
	)
	ready.Logger = slog.New(slog.DiscardHandler)
	mux := http.NewServeMux()
	mux.Handle("GET /livez", health.Live())
	mux.Handle("GET /readyz", ready)

	probe(mux, "/livez")
	probe(mux, "/readyz")
	billing.ForceOpen() // an outage of billing must not take orders down with it
	probe(mux, "/readyz")
	ready.Drain() // which serve.Run does
	probe(mux, "/readyz")
	probe(mux, "/livez")
	// Output:
	// /livez 200 ok
	// /readyz 200 ok
	// /readyz 200 degraded
	// /readyz 503 shutting down
	// /livez 200 ok
}

// A replica that lags behind can be read, but one that does not answer cannot.
func ExampleDegraded() {
	lag, err := 90, error(nil)
	ready := health.Ready(health.Check{Name: "replica", Cache: -1, Run: func(context.Context) error {
		switch {
		case err != nil:
			return err
		case lag > 60:
			return health.Degraded(fmt.Errorf("%d s behind", lag))
		}
		return nil
	}})
	ready.Logger = slog.New(slog.DiscardHandler)
	probe(ready, "/readyz")
	err = errors.New("connection refused")
	probe(ready, "/readyz")
	// Output:
	// /readyz 200 degraded
	// /readyz 503 unavailable
}

// Operators may see what is wrong, others only that something is.
func ExampleReadiness_Verbose() {
	ready := health.Ready(health.Check{Name: "orders-db", Run: func(context.Context) error {
		return errors.New("10.0.0.7: connection refused")
	}})
	ready.Logger = slog.New(slog.DiscardHandler)
	api, internal := http.NewServeMux(), http.NewServeMux()
	api.Handle("GET /readyz", ready)
	internal.Handle("GET /readyz", ready.Verbose())

	for _, h := range []http.Handler{api, internal} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "/readyz", nil))
		var body struct {
			Checks map[string]struct{ Status, Error string }
		}
		_ = json.Unmarshal(w.Body.Bytes(), &body)
		fmt.Printf("%q\n", body.Checks["orders-db"])
	}
	// Output:
	// {"unavailable" ""}
	// {"unavailable" "10.0.0.7: connection refused"}
}
