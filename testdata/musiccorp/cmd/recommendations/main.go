// Command recommendations runs the recommendations service.
package main

import (
	"context"
	"log"
	"net/http"

	"github.com/musiccorp/musiccorp/internal/env"
	"github.com/musiccorp/musiccorp/internal/events"
	"github.com/musiccorp/musiccorp/internal/storage"
	"github.com/musiccorp/musiccorp/recommendations"
)

func main() {
	db, err := storage.Open(env.Get("RECOMMENDATIONS_DB", "recommendations.db"), recommendations.Schema)
	if err != nil {
		log.Fatal(err)
	}
	svc := recommendations.New(db)
	go func() {
		log.Fatal(events.Consume(context.Background(), env.Get("KAFKA_BROKERS", "localhost:9092"), "recommendations", svc.Handle))
	}()
	addr := env.Get("RECOMMENDATIONS_ADDR", "localhost:8086")
	log.Printf("recommendations listens on %s", addr)
	log.Fatal(http.ListenAndServe(addr, svc.Handler()))
}
