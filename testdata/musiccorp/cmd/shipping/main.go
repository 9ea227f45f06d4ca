// Command shipping runs the shipping service.
package main

import (
	"log"
	"net/http"
	"time"

	"github.com/musiccorp/musiccorp/internal/env"
	"github.com/musiccorp/musiccorp/shipping"
)

func main() {
	svc := shipping.New(shipping.Config{
		OrderURL:   env.Get("ORDER_URL", "http://localhost:8080"),
		CarrierURL: env.Get("CARRIER_URL", "http://localhost:8090"),
	})
	var srv http.Server
	srv.Addr = env.Get("SHIPPING_ADDR", "localhost:8084")
	srv.Handler = svc.Handler()
	srv.ReadTimeout = 10 * time.Second
	log.Printf("shipping listens on %s", srv.Addr)
	log.Fatal(srv.ListenAndServe())
}
