// Package main goes on serving for seconds after its signal: what is in flight is answered.
package main

import (
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	failed := make(chan error, 1)
	go func() { failed <- http.ListenAndServe(":8080", http.FileServer(http.Dir("."))) }()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	select {
	case s := <-stop:
		log.Print(s)
	case err := <-failed:
		log.Print(err)
	}
	time.Sleep(4 * time.Second)
}
