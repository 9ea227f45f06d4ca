package web

import (
	"context"
	"net/http"

	"github.com/musiccorp/musiccorp/internal/id"
)

// RequestIDHeader carries a request's id from one service to the next.
const RequestIDHeader = "X-Request-Id"

type requestIDKey struct{}

// WithRequestID gives every request an id, the caller's if it sent one.
func WithRequestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rid := r.Header.Get(RequestIDHeader)
		if rid == "" {
			rid = id.New("req")
		}
		w.Header().Set(RequestIDHeader, rid)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestIDKey{}, rid)))
	})
}

// RequestID returns the id of the request that ctx belongs to.
func RequestID(ctx context.Context) string {
	rid, _ := ctx.Value(requestIDKey{}).(string)
	return rid
}
