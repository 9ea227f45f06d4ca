package decorated

import (
	"net/http"

	"github.com/stripe/stripe-go/v82"
	"github.com/stripe/stripe-go/v82/refund"
)

// keep answers a request itself whose key has been there.
func keep() func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if _, loaded := seen.LoadOrStore(r.Header.Get("Idempotency-Key"), true); loaded {
				w.WriteHeader(http.StatusConflict)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

func trace() func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			println(r.URL.Path)
			next.ServeHTTP(w, r)
		})
	}
}

func Register(m *http.ServeMux) {
	m.Handle("POST /pay", keep()(http.HandlerFunc(pay)))
	m.Handle("POST /charge", trace()(http.HandlerFunc(take)))
	m.Handle("POST /take", http.HandlerFunc(take))
}

func pay(w http.ResponseWriter, r *http.Request) {
	if _, err := refund.New(&stripe.RefundParams{Amount: new(int64)}); err != nil {
		w.WriteHeader(http.StatusPaymentRequired)
	}
}

func take(w http.ResponseWriter, r *http.Request) { // want `moves money`
	if _, err := refund.New(&stripe.RefundParams{Amount: new(int64)}); err != nil {
		w.WriteHeader(http.StatusPaymentRequired)
	}
}
