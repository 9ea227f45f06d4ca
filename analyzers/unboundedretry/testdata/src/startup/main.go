// A program that retries when it has started.
package main

import (
	"net"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

func main() {
	go load("http://catalog/albums")
	go connect("catalog:4222")
	spin("http://catalog/albums")
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { forward("http://catalog/albums") })
	http.ListenAndServe(":8080", nil)
}

// load goes on while the program serves: nobody waits for it.
func load(url string) {
	for { // want `http.Client.Post is called again every 2s`
		resp, err := client.Post(url, "text/plain", nil)
		if err == nil {
			resp.Body.Close()
			return
		}
		time.Sleep(2 * time.Second)
	}
}

var catalog net.Conn

// connect goes on while the program serves, which does without the catalog meanwhile.
func connect(addr string) {
	for { // want `net.DialTimeout is called again every 5s`
		conn, err := net.DialTimeout("tcp", addr, time.Second)
		if err == nil {
			catalog = conn
			return
		}
		time.Sleep(5 * time.Second)
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
