// Package main listens where it is told to while it is developed, and elsewhere in production.
package main

import (
	"flag"
	"log"
	"net/http"
	"os"
)

var dev = flag.String("dev-listen", "", "where to listen while developing")

type config struct{ Env string }

func main() {
	flag.Parse()
	println(flag.Lookup("dev-listen").Value.String())
	http.HandleFunc("/orders", http.NotFound)
	http.HandleFunc("/customers", http.NotFound)
	http.HandleFunc("/returns", http.NotFound)
	if *dev != "" {
		log.Fatal(http.ListenAndServe(*dev, nil))
	}
	cfg := config{os.Getenv("ENV")}
	if cfg.Env == "development" {
		log.Fatal(http.ListenAndServe(":3000", nil))
	}
	if cfg.Env != "development" {
		log.Fatal(http.ListenAndServe(":8080", nil)) // want `every deploy cuts off the requests in flight`
	}
}
