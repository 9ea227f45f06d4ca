// Package main has a function in a variable of a library listen to signals.
package main

import (
	"log"
	"net/http"

	"example.org/app/signals"
)

func main() {
	ctx := signals.SetupHandler()
	go func() { log.Print(http.ListenAndServe(":8080", http.FileServer(http.Dir(".")))) }() // want `nothing shuts this server down when SIGTERM comes`
	<-ctx.Done()
}
