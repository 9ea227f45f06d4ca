// Package main is a skeleton: its router has no route.
package main

import (
	"log"
	"os"
	"os/signal"
	"syscall"

	"idleempty/app"
	"idleempty/router"
)

func main() {
	a := app.New(router.New())
	go func() { log.Print(a.Start()) }()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	<-stop
	_ = a.Stop()
}
