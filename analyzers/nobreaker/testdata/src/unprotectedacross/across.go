// Command unprotectedacross makes a client that another package calls.
package main

import (
	"net/http"
	"os"
	"time"

	"unprotectedacross/billing"
)

type handler struct{ billing *billing.Client }

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := h.billing.Charge(r.Context()); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

func main() {
	hc := &http.Client{Timeout: time.Second} // want `nothing gives up on its server`
	h := &handler{billing.New(os.Getenv("BILLING_URL"), hc)}
	srv := &http.Server{Addr: ":8080", Handler: h, ReadHeaderTimeout: time.Second}
	srv.ListenAndServe()
}
