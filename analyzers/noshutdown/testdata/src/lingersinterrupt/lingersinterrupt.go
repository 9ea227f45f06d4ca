// Package main goes on for seconds after Ctrl-C, and ends at once when a deploy stops it.
package main

import (
	"log"
	"net/http"
	"os"
	"os/signal"
	"time"
)

func main() {
	go func() { log.Print(http.ListenAndServe(":8080", http.FileServer(http.Dir(".")))) }() // want `SIGTERM ends the process at once, which listens to SIGINT alone`
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	<-stop
	time.Sleep(4 * time.Second)
}
