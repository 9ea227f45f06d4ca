// Command defaultset bounds the shared default client once, for the whole program: everything in it is silent.
package main

import (
	"log"
	"net/http"
	"time"
)

func init() { http.DefaultClient.Timeout = 30 * time.Second }

func main() {
	if err := refresh("http://catalog.internal/items"); err != nil {
		log.Fatal(err)
	}
}

// refresh uses the package function, which goes through the default client.
func refresh(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
