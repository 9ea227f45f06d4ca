// A program that retries when it has started.
package main

import (
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

func main() {
	go load("http://catalog/albums")
	spin("http://catalog/albums")
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { forward("http://catalog/albums") })
	http.ListenAndServe(":8080", nil)
}

// load goes on while the program serves.
func load(url string) {
	for { // want `nothing ends this retry: .* every 2s, for ever`
		resp, err := client.Post(url, "text/plain", nil)
		if err == nil {
			resp.Body.Close()
			return
		}
		time.Sleep(2 * time.Second)
	}
}

// spin does not wait.
func spin(url string) {
	for { // want `nothing ends or slows this retry`
		resp, err := client.Post(url, "text/plain", nil)
		if err == nil {
			resp.Body.Close()
			return
		}
	}
}

// forward is called for each request.
func forward(url string) {
	for range 10 { // want `called again every 2s`
		resp, err := client.Post(url, "text/plain", nil)
		if err == nil {
			resp.Body.Close()
			return
		}
		time.Sleep(2 * time.Second)
	}
}
