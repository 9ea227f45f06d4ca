// Listen is a server that is started in one line.
package main

import (
	"bufio"
	"log"
	"net/http"
	"os"
)

func main() {
	http.HandleFunc("GET /slow", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusOK)
		w.(http.Flusher).Flush()
		bufio.NewReader(os.Stdin).ReadString('\n') // until the test says so
		w.Write([]byte("served"))
	})
	http.HandleFunc("GET /orders", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("none")) })
	http.HandleFunc("GET /stock", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("some")) })
	log.Fatal(http.ListenAndServe(os.Args[1], nil))
}
