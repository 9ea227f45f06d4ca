package idempotency_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/resilint/resilint/runtime/idempotency"
)

// serve sends a request with a key through a middleware.
func serve(h http.Handler, method, target, key, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// counted returns a handler that counts, behind a middleware.
func counted(n *int, s idempotency.Store, c idempotency.Config) http.Handler {
	if c.Principal == nil {
		c.Principal = idempotency.Everybody
	}
	return idempotency.Middleware(s, c)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*n++
		body, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%d %s", *n, body)
	}))
}

func TestMiddlewareNeedsPrincipal(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	idempotency.Middleware(newBroken(), idempotency.Config{})
}

// What is not guarded, and what is another request.
func TestWhatIsGuarded(t *testing.T) {
	for _, c := range []struct {
		method, target, key string
		runs                int
	}{
		{"POST", "/orders", "k", 1}, {"PATCH", "/orders", "k", 1}, {"POST", "/orders", "", 2},
		{"GET", "/orders", "k", 2}, {"PUT", "/orders", "k", 2}, {"DELETE", "/orders", `"`, 2},
	} {
		n := 0
		h := counted(&n, newBroken(), idempotency.Config{})
		for range 2 {
			serve(h, c.method, c.target, c.key, "order")
		}
		if n != c.runs {
			t.Errorf("%s %s, key %q: %d runs, want %d", c.method, c.target, c.key, n, c.runs)
		}
	}
	n := 0
	h := counted(&n, newBroken(), idempotency.Config{})
	serve(h, "POST", "/orders", "k", "order")
	if w := serve(h, "POST", "/refunds", "k", "order"); w.Code != 200 || n != 2 {
		t.Errorf("another route: status %d", w.Code)
	}
	if w := serve(h, "POST", "/orders?dry=1", "k", "order"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("another query: status %d", w.Code)
	}
	mux := http.NewServeMux()
	mux.Handle("POST /orders/{id}", h)
	serve(mux, "POST", "/orders/1", "k", "order")
	if w := serve(mux, "POST", "/orders/2", "k", "order"); w.Code != http.StatusUnprocessableEntity || n != 3 {
		t.Errorf("another path of the same pattern: status %d, %d runs", w.Code, n)
	}
}

func TestStoreDown(t *testing.T) {
	s := newBroken()
	s.begin = errDown
	n := 0
	if w := serve(counted(&n, s, idempotency.Config{}), "POST", "/", "k", "order"); w.Code != 503 || n != 0 || w.Header().Get("Retry-After") == "" {
		t.Errorf("status %d, %d runs", w.Code, n)
	}
	if w := serve(counted(&n, s, idempotency.Config{FailOpen: true}), "POST", "/", "k", "order"); w.Code != 200 || w.Body.String() != "1 order" {
		t.Errorf("open: status %d, %s", w.Code, w.Body)
	}
	s.begin, s.complete = nil, errDown
	var reported error
	h := counted(&n, s, idempotency.Config{Unrecorded: func(_ context.Context, _ string, err error) { reported = err }})
	if w := serve(h, "POST", "/", "k", "order"); w.Code != 200 || w.Body.String() != "2 order" || reported == nil {
		t.Errorf("status %d, %s, reported %v", w.Code, w.Body, reported)
	}
}

func TestTooLong(t *testing.T) {
	n := 0
	h := counted(&n, newBroken(), idempotency.Config{MaxBody: 5, MaxResponse: 5})
	if w := serve(h, "POST", "/", "k", "orders"); w.Code != http.StatusRequestEntityTooLarge || n != 0 {
		t.Errorf("status %d", w.Code)
	}
	if w := serve(h, "POST", "/", "k", "order"); w.Body.String() != "1 order" {
		t.Errorf("%s", w.Body)
	}
	if w := serve(h, "POST", "/", "k", "order"); w.Code != http.StatusConflict || w.Header().Get("Retry-After") != "" || n != 1 {
		t.Errorf("its duplicate: status %d, %d runs", w.Code, n)
	}
	if w := serve(h, "POST", "/", "k2", "ord"); w.Body.String() != "2 ord" {
		t.Errorf("%s", w.Body)
	}
	if w := serve(h, "POST", "/", "k2", "ord"); w.Body.String() != "2 ord" {
		t.Errorf("just short enough: %s", w.Body)
	}
	body := httptest.NewRequest("POST", "/", io.MultiReader(strings.NewReader("o"), iotestErr{}))
	body.Header.Set("Idempotency-Key", "k3")
	w := httptest.NewRecorder()
	if h.ServeHTTP(w, body); w.Code != 400 || n != 2 {
		t.Errorf("a body that cannot be read: status %d", w.Code)
	}
}

type iotestErr struct{}

func (iotestErr) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// Headers from around the handler, and those of a session, are not stored.
func TestHeaders(t *testing.T) {
	inner := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "/orders/1")
		w.Header().Set("Set-Cookie", "session=1")
		w.WriteHeader(http.StatusEarlyHints)
		w.WriteHeader(http.StatusCreated)
		w.Header().Set("Late", "1")
		w.WriteHeader(http.StatusOK)
		c := http.NewResponseController(w)
		if c.Flush() == nil {
			t.Error("flushed what is held back")
		}
		if _, _, err := c.Hijack(); err == nil {
			t.Error("hijacked")
		}
	})
	guard := idempotency.Middleware(newBroken(), idempotency.Config{Principal: idempotency.Everybody})(inner)
	n := 0
	outer := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n++
		w.Header().Set("X-Request-Id", fmt.Sprint(n))
		guard.ServeHTTP(w, r)
	})
	for i, want := range []string{
		"201 map[Location:[/orders/1] Set-Cookie:[session=1] X-Request-Id:[1]]",
		"201 map[Idempotent-Replayed:[true] Location:[/orders/1] X-Request-Id:[2]]",
	} {
		w := serve(outer, "POST", "/", "k", "order")
		if got := fmt.Sprint(w.Code, w.Result().Header); got != want {
			t.Errorf("%d: %s, want %s", i, got, want)
		}
	}
}

// Users may write refusals as their API does, and say which answers to keep.
func TestConfig(t *testing.T) {
	n := 0
	c := idempotency.Config{
		Required:   true,
		RetryAfter: 1500 * time.Millisecond,
		Methods:    []string{http.MethodPut},
		Route:      func(*http.Request) string { return "all" },
		Keep:       func(status int) bool { return status != 200 },
		Problem: func(w http.ResponseWriter, _ *http.Request, status int, detail string) {
			w.WriteHeader(status)
			fmt.Fprint(w, "no: ", detail)
		},
	}
	s := idempotency.NewMemory(idempotency.MemoryConfig{})
	h := counted(&n, s, c)
	if w := serve(h, "PUT", "/", "", ""); w.Code != 400 || !strings.HasPrefix(w.Body.String(), "no: ") {
		t.Errorf("status %d, %s", w.Code, w.Body)
	}
	serve(h, "PUT", "/", "k", "")
	if serve(h, "PUT", "/", "k", ""); n != 2 {
		t.Errorf("%d runs of what is not kept", n)
	}
	if serve(h, "POST", "/", "", ""); n != 3 {
		t.Error("POST was guarded")
	}
	if _, err := s.Begin(t.Context(), idempotency.Request{Key: "http/everybody/all/k", Lease: time.Minute, TTL: time.Minute}); err != nil {
		t.Fatal(err)
	}
	if w := serve(h, "PUT", "/", "k", ""); w.Code != 409 || w.Header().Get("Retry-After") != "2" {
		t.Errorf("status %d, Retry-After %s", w.Code, w.Header().Get("Retry-After"))
	}
	for status, want := range map[int]bool{200: true, 201: true, 302: true, 400: true, 404: true, 422: true, 401: false, 403: false, 408: false, 409: false, 425: false, 429: false, 500: false, 503: false} {
		if idempotency.KeepStatus(status) != want {
			t.Errorf("%d is kept: %v", status, !want)
		}
	}
}
