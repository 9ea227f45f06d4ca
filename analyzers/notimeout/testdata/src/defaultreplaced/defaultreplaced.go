// Command defaultreplaced puts a bounded client in the default's place: silent, except for a client of its own.
package main

import (
	"log"
	"net/http"
	"time"
)

func main() {
	http.DefaultClient = &http.Client{Timeout: 20 * time.Second}
	if _, err := http.Get("http://catalog.internal/items"); err != nil {
		log.Fatal(err)
	}
	own := &http.Client{} // want "has no timeout"
	if _, err := own.Get("http://catalog.internal/prices"); err != nil {
		log.Fatal(err)
	}
}
