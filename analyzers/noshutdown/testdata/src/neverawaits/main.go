// Package main listens to signals, and does nothing about its server.
package main

import (
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	srv := &http.Server{Addr: ":8080", Handler: http.FileServer(http.Dir("."))}
	go func() {
		if err := srv.ListenAndServe(); err != nil { // want `nothing shuts this server down when SIGTERM comes`
			log.Fatal(err)
		}
	}()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	<-stop
	log.Print("bye")
}
