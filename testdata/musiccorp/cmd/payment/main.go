// Command payment runs the payment service.
package main

import (
	"log"
	"net/http"
	_ "net/http/pprof"
	"time"

	"github.com/musiccorp/musiccorp/internal/env"
	"github.com/musiccorp/musiccorp/internal/storage"
	"github.com/musiccorp/musiccorp/payment"
)

func main() {
	if addr := env.Get("DEBUG_ADDR", ""); addr != "" {
		go func() {
			log.Printf("pprof listens on %s", addr)
			log.Println(http.ListenAndServe(addr, nil))
		}()
	}

	db, err := storage.Open(env.Get("PAYMENT_DB", "payment.db"), payment.Schema)
	if err != nil {
		log.Fatal(err)
	}
	svc := payment.New(db, env.Get("PROVIDER_URL", "http://localhost:8090"))
	srv := &http.Server{
		Addr:              env.Get("PAYMENT_ADDR", "localhost:8083"),
		Handler:           svc.Handler(),
		ReadHeaderTimeout: 5 * time.Second,
	}
	log.Printf("payment listens on %s", srv.Addr)
	log.Fatal(srv.ListenAndServe())
}
