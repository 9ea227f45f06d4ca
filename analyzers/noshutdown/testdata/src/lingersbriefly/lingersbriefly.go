// Package main sleeps before its signal, beside it, and too briefly after it.
package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	time.Sleep(2 * time.Second)
	go func() { log.Print(http.ListenAndServe(":8080", http.FileServer(http.Dir(".")))) }() // want `nothing shuts this server down when SIGTERM comes`
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	go func() {
		for ctx.Err() == nil {
			time.Sleep(5 * time.Second)
			log.Print("alive")
		}
	}()
	<-ctx.Done()
	time.Sleep(100 * time.Millisecond)
}
