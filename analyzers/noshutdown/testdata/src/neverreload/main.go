// Package main listens to a signal that has nothing to do with its end.
package main

import (
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	reload := make(chan os.Signal, 1)
	signal.Notify(reload, syscall.SIGHUP)
	http.HandleFunc("/orders", http.NotFound)
	http.HandleFunc("/customers", http.NotFound)
	http.HandleFunc("/returns", http.NotFound)
	log.Fatal(http.ListenAndServe(":8080", nil)) // want `SIGTERM ends the process at once`
}
