// Interrupted is a server that stops when somebody at a terminal says so.
package main

import (
	"bufio"
	"context"
	"errors"
	"log"
	"net/http"
	"os"
	"os/signal"
	"time"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /slow", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusOK)
		w.(http.Flusher).Flush()
		bufio.NewReader(os.Stdin).ReadString('\n') // until the test says so
		w.Write([]byte("served"))
	})
	srv := &http.Server{Addr: os.Args[1], Handler: mux}
	stopped := make(chan os.Signal, 1)
	signal.Notify(stopped, os.Interrupt)
	drained := make(chan struct{})
	go func() {
		<-stopped
		if err := srv.Shutdown(context.Background()); err != nil {
			log.Print(err)
		}
		close(drained)
	}()
	if err := srv.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
	<-drained
	log.Print("stopped at ", time.Now())
}
