// Command program has a worker, which is alone, and a handler, which is not.
package main

import (
	"errors"
	"log"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

var errGaveUp = errors.New("gave up")

func main() {
	go work()
	http.HandleFunc("/price", price)
	log.Fatal(http.ListenAndServe(":8080", nil))
}

// work is one worker: what it sends is no load to reckon with, and there is nobody to be in step with.
func work() {
	for range time.Tick(time.Minute) {
		if err := report(); err != nil {
			log.Print(err)
		}
		if err := grow(); err != nil {
			log.Print(err)
		}
	}
}

func report() error {
	for range 10 {
		resp, err := client.Post("https://report.example.org/", "text/plain", nil)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(2 * time.Second)
	}
	return errGaveUp
}

func grow() error {
	for i := range 8 {
		resp, err := client.Post("https://report.example.org/", "text/plain", nil)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second << i)
	}
	return errGaveUp
}

// price is run for each request: those that fail together come back together.
func price(w http.ResponseWriter, _ *http.Request) {
	if err := ask(); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
	if err := askMore(); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

func ask() error {
	for range 10 { // want `called again every 2s, up to 9 times`
		resp, err := client.Get("https://price.example.org/")
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(2 * time.Second)
	}
	return errGaveUp
}

func askMore() error {
	for i := range 8 { // want `wait equally long`
		resp, err := client.Get("https://price.example.org/")
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second << i)
	}
	return errGaveUp
}
