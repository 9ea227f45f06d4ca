// Package main gives up what it works on at Ctrl-C: SIGTERM it does not hear.
package main

import (
	"log"
	"net/http"
	"os"
	"os/signal"
)

func main() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	go func() {
		<-stop
		log.Print("given up")
	}()
	log.Fatal(http.ListenAndServe(":8080", http.FileServer(http.Dir(".")))) // want `SIGTERM ends the process at once, which listens to SIGINT alone, and nothing shuts this server down; on SIGTERM`
}
