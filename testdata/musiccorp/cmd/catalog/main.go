// Command catalog runs the catalog service.
package main

import (
	"log"
	"net/http"

	"github.com/musiccorp/musiccorp/catalog"
	"github.com/musiccorp/musiccorp/internal/env"
)

func main() {
	svc := catalog.New(catalog.Config{
		InventoryURL: env.Get("INVENTORY_URL", "http://localhost:8082"),
		FeedURL:      env.Get("FEED_URL", "http://localhost:8090/feed"),
	})
	addr := env.Get("CATALOG_ADDR", "localhost:8081")
	log.Printf("catalog listens on %s", addr)
	log.Fatal(http.ListenAndServe(addr, svc.Handler()))
}
