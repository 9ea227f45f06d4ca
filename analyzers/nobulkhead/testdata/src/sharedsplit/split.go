// Package sharedsplit has clients that no service can take all of.
package sharedsplit

import (
	"net/http"
	"time"
)

var (
	limited = &http.Client{Timeout: time.Second, Transport: &http.Transport{MaxConnsPerHost: 32}}
	one     = &http.Client{Timeout: time.Second}
	job     = &http.Client{Timeout: time.Second}
)

func serve(w http.ResponseWriter, r *http.Request) {
	limited.Get("https://maps.example.org/where")
	limited.Get("https://tax.example.com/rate")
	one.Get("https://eu.maps.example.org/where")
	one.Get("https://us.maps.example.org/where")
}

// report is no request.
func report() {
	job.Get("https://maps.example.org/where")
	job.Get("https://tax.example.com/rate")
}
