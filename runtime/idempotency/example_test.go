package idempotency_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/resilint/resilint/runtime/idempotency"
	"github.com/resilint/resilint/runtime/retry"
)

// A message that is delivered twice charges once. The key is the broker's id of the message, and
// the name of who handles it: another consumer of the same message has another key.
func ExampleOnce() {
	store := idempotency.NewMemory(idempotency.MemoryConfig{})
	charged := 0
	handle := func(ctx context.Context, id string) (string, error) {
		return idempotency.Once(ctx, store, idempotency.Key("payments", id), func(context.Context) (string, error) {
			charged++
			return fmt.Sprintf("receipt %d", charged), nil
		})
	}
	for range 2 {
		fmt.Println(handle(context.Background(), "msg-7"))
	}
	fmt.Println("charged", charged)
	// Output:
	// receipt 1 <nil>
	// receipt 1 <nil>
	// charged 1
}

// A duplicate that comes while the first is under way is not done, and not acknowledged either:
// the first may fail.
func ExampleInFlightError() {
	store := idempotency.NewMemory(idempotency.MemoryConfig{})
	work := func(context.Context) (string, error) { return "done", nil }
	_, _ = idempotency.Once(context.Background(), store, "msg-7", func(ctx context.Context) (string, error) {
		_, err := idempotency.Once(ctx, store, "msg-7", work) // the broker has lost patience
		if errors.Is(err, idempotency.ErrInFlight) {
			delay := retry.Redeliver(1)
			fmt.Println("deliver it again later:", delay > 0)
		}
		return "done", nil
	})
	// Output: deliver it again later: true
}

// A client that got no answer sends its order again, with the same key.
func ExampleMiddleware() {
	store := idempotency.NewMemory(idempotency.MemoryConfig{})
	guard := idempotency.Middleware(store, idempotency.Config{
		Principal: func(r *http.Request) string { return r.Header.Get("Tenant") }, // as authenticated
		Required:  true,
	})
	orders := 0
	handler := guard(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		orders++
		w.WriteHeader(http.StatusCreated)
		fmt.Fprintf(w, "order %d", orders)
	}))
	post := func(key, body string) {
		r := httptest.NewRequest(http.MethodPost, "/orders", strings.NewReader(body))
		r.Header.Set("Tenant", "acme")
		if key != "" {
			r.Header.Set("Idempotency-Key", key)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		fmt.Println(w.Code, strings.TrimSpace(w.Body.String()))
	}
	post(`"8e03978e"`, "1 × Kind of Blue")
	post(`"8e03978e"`, "1 × Kind of Blue")
	post(`"8e03978e"`, "9 × Kind of Blue")
	post("", "1 × Kind of Blue")
	// Output:
	// 201 order 1
	// 201 order 1
	// 422 {"title":"Unprocessable Entity","status":422,"detail":"this Idempotency-Key was used with another request"}
	// 400 {"title":"Bad Request","status":400,"detail":"this request needs an Idempotency-Key header"}
}

// Parts of a key may contain anything.
func ExampleKey() {
	fmt.Println(idempotency.Key("payments", "acme", "msg-7"))
	fmt.Println(idempotency.Key("payments", "acme/msg", "7"))
	fmt.Printf("%q\n", idempotency.Key("payments", "acme", ""))
	// Output:
	// payments/acme/msg-7
	// payments/acme%2Fmsg/7
	// ""
}
