// Command inventory runs the inventory service.
package main

import (
	"log"
	"net/http"

	"github.com/musiccorp/musiccorp/internal/env"
	"github.com/musiccorp/musiccorp/inventory"
)

func main() {
	svc := inventory.New(env.Get("SUPPLIER_URL", "http://localhost:8090"))
	addr := env.Get("INVENTORY_ADDR", "localhost:8082")

	log.Printf("inventory listens on %s", addr)
	log.Fatal(http.ListenAndServe(addr, svc.Handler()))
}
