// Package main has a library listen to signals, and does nothing about its server.
package main

import (
	"log"
	"net/http"

	"example.org/app/signals"
)

func main() {
	ctx := signals.NewContext()
	go func() { log.Print(http.ListenAndServe(":8080", http.FileServer(http.Dir(".")))) }() // want `nothing shuts this server down when SIGTERM comes`
	<-ctx.Done()
}
