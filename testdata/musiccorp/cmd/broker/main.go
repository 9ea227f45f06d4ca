// Command broker runs a Kafka that keeps everything in memory, for services that
// are started one by one.
package main

import (
	"log"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"github.com/musiccorp/musiccorp/internal/env"
	"github.com/musiccorp/musiccorp/internal/events"
)

func main() {
	port, err := strconv.Atoi(env.Get("BROKER_PORT", "9092"))
	if err != nil {
		log.Fatal(err)
	}
	broker, err := events.StartBroker(port)
	if err != nil {
		log.Fatal(err)
	}
	defer broker.Close()
	log.Printf("broker listens on %s", broker.Addr)
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	<-stop
}
