package storetest

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

// service is a handler behind a Middleware that counts its requests.
type service struct {
	http.Handler
	n      int
	answer func(w http.ResponseWriter, r *http.Request)
}

func newService(h Harness, answer http.HandlerFunc) *service {
	s := &service{answer: answer}
	guard := idempotency.Middleware(h.Store, idempotency.Config{
		Principal: func(r *http.Request) string { return r.Header.Get("Tenant") }, Required: true,
	})
	s.Handler = guard(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.n++
		s.answer(w, r)
	}))
	return s
}

// post sends a request of a tenant.
func (s *service) post(t *testing.T, tenant, key, body string) *httptest.ResponseRecorder {
	t.Helper()
	return s.send(t.Context(), tenant, key, body)
}

func (s *service) send(ctx context.Context, tenant, key, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/orders", strings.NewReader(body))
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	r.Header.Set("Tenant", tenant)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// created is a handler that creates an order.
func created(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.Header().Set("Location", "/orders/1")
	w.Header()["X-Two"] = []string{"a", "b"}
	w.WriteHeader(http.StatusCreated)
	fmt.Fprintf(w, "\x00\xff%s", body)
}

func httpInFlight(t *testing.T, h Harness) {
	key := newKey()
	var s *service
	s = newService(h, func(w http.ResponseWriter, r *http.Request) {
		dup := s.post(t, "a", key, "order")
		if dup.Code != http.StatusConflict || dup.Header().Get("Retry-After") != "1" {
			t.Errorf("in flight: status %d, Retry-After %q", dup.Code, dup.Header().Get("Retry-After"))
		}
		created(w, r)
	})
	if w := s.post(t, "a", key, "order"); w.Code != http.StatusCreated || s.n != 1 {
		t.Errorf("status %d after %d requests", w.Code, s.n)
	}
}

func httpRefused(t *testing.T, h Harness) {
	s := newService(h, created)
	key := newKey()
	for _, c := range []struct {
		key, body string
		want      int
	}{
		{"", "order", 400}, {`"open`, "order", 400}, {`""`, "order", 400}, {strings.Repeat("k", 256), "order", 400},
		{key, "order", 201}, {key, "another order", 422}, {key, "", 422}, {key, "order", 201}, {`"` + key + `"`, "order", 201},
		{strings.Repeat("k", 255-len(key)) + key, "order", 201},
	} {
		w := s.post(t, "a", c.key, c.body)
		if w.Code != c.want {
			t.Errorf("key %q, body %q: status %d, want %d", c.key, c.body, w.Code, c.want)
		}
		if w.Code >= 400 && (w.Header().Get("Content-Type") != "application/problem+json" || !strings.Contains(w.Body.String(), "Idempotency-Key")) {
			t.Errorf("key %q: the answer is %s", c.key, w.Body)
		}
	}
	if s.n != 2 {
		t.Errorf("%d orders for two keys", s.n)
	}
}

func httpReplayed(t *testing.T, h Harness) {
	for _, answer := range []http.HandlerFunc{
		created,
		func(http.ResponseWriter, *http.Request) {}, // 200, without a body
		func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
		func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no such album", http.StatusNotFound) },
		func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") },
	} {
		s, key := newService(h, answer), newKey()
		first := s.post(t, "a", key, "order").Result()
		again := s.post(t, "a", key, "order").Result()
		if again.Header.Get(idempotency.ReplayedHeader) != "true" || first.Header.Get(idempotency.ReplayedHeader) != "" {
			t.Error("the answers do not say which of them was stored")
		}
		again.Header.Del(idempotency.ReplayedHeader)
		if got, want := dump(again), dump(first); got != want || s.n != 1 {
			t.Errorf("after %d requests the answer is\n%s\nwant\n%s", s.n, got, want)
		}
	}
}

func dump(r *http.Response) string {
	body, _ := io.ReadAll(r.Body)
	return fmt.Sprintf("%d %v %q", r.StatusCode, r.Header, body)
}

func httpAbandoned(t *testing.T, h Harness) {
	ctx, cancel := context.WithCancel(t.Context())
	bad := []func(http.ResponseWriter, *http.Request){
		func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
		func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) },
		func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		func(http.ResponseWriter, *http.Request) { cancel() },
	}
	key := newKey()
	var s *service
	s = newService(h, func(w http.ResponseWriter, r *http.Request) {
		if s.n <= len(bad) {
			bad[s.n-1](w, r)
			return
		}
		created(w, r)
	})
	for range bad {
		func() {
			defer func() { _ = recover() }()
			s.send(ctx, "a", key, "order")
		}()
	}
	for range 2 {
		if w := s.post(t, "a", key, "order"); w.Code != http.StatusCreated {
			t.Errorf("status %d", w.Code)
		}
	}
	if s.n != len(bad)+1 {
		t.Errorf("%d requests were handled, want %d", s.n, len(bad)+1)
	}
	// Who hung up after it was done gets the answer the next time.
	ctx, cancel = context.WithCancel(t.Context())
	defer cancel()
	s, key = newService(h, func(w http.ResponseWriter, r *http.Request) { created(w, r); cancel() }), newKey()
	s.send(ctx, "a", key, "order")
	if w := s.post(t, "a", key, "order"); w.Code != http.StatusCreated || s.n != 1 {
		t.Errorf("status %d, handled %d times", w.Code, s.n)
	}
}

func httpTenants(t *testing.T, h Harness) {
	s := newService(h, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "for ", r.Header.Get("Tenant")) })
	key := newKey()
	for range 2 {
		for _, tenant := range []string{"a", "b", "a/orders", "A"} {
			if w := s.post(t, tenant, key, "order"); w.Body.String() != "for "+tenant {
				t.Errorf("tenant %s got what is %s", tenant, w.Body)
			}
		}
	}
	if s.n != 4 {
		t.Errorf("%d requests were handled, want one for each tenant", s.n)
	}
	if w := s.post(t, "", key, "order"); w.Code != http.StatusForbidden || s.n != 4 {
		t.Errorf("nobody got %d", w.Code)
	}
	h.Advance(t, idempotency.DefaultTTL+time.Second)
	if s.post(t, "b", key, "order"); s.n != 5 {
		t.Errorf("%d requests were handled after the TTL", s.n)
	}
}
