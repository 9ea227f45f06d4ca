// Package sharedclient has one client for two services.
package sharedclient

import (
	"net/http"
	"time"
)

var client = &http.Client{Timeout: time.Second} // want `this http.Client is for maps.example.org and tax.example.com together`

func place(w http.ResponseWriter, r *http.Request) {
	client.Get("https://maps.example.org/where")
	client.Get("https://tax.example.com/rate")
}
