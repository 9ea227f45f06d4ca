// Command notifications runs the notifications service.
package main

import (
	"context"
	"log"
	"net/http"

	"github.com/musiccorp/musiccorp/internal/env"
	"github.com/musiccorp/musiccorp/internal/events"
	"github.com/musiccorp/musiccorp/internal/storage"
	"github.com/musiccorp/musiccorp/notifications"
)

func main() {
	db, err := storage.Open(env.Get("NOTIFICATIONS_DB", "notifications.db"), notifications.Schema)
	if err != nil {
		log.Fatal(err)
	}
	svc := notifications.New(db, env.Get("MAIL_URL", "http://localhost:8090"))
	go func() {
		log.Fatal(events.Consume(context.Background(), env.Get("KAFKA_BROKERS", "localhost:9092"), "notifications", svc.Handle))
	}()
	addr := env.Get("NOTIFICATIONS_ADDR", "localhost:8085")
	log.Printf("notifications listens on %s", addr)
	log.Fatal(http.ListenAndServe(addr, svc.Handler()))
}
