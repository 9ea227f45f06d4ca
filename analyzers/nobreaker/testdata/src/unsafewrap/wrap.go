// Package unsafewrap calls others while it serves requests, with nothing in between.
package unsafewrap

import (
	"net/http"
	"time"
)

type config struct{ BillingURL string }

type billing struct {
	url string
	hc  *http.Client
}

func newBilling(c config) *billing {
	return &billing{
		url: c.BillingURL,
		hc: &http.Client{ // want `nothing gives up on what is at`
			Timeout: time.Second,
		},
	}
}

func (b *billing) charge() { b.hc.Post(b.url+"/charges", "application/json", nil) }

var cfg config

var rates = &http.Client{Timeout: time.Second} // want `nothing gives up on what is at rates.example.org`

func newMade() *http.Client { return new(http.Client) } // want `nothing gives up on what is at config.BillingURL`

var made = newMade()

// A value is not replaced by a pointer.
var value = http.Client{Timeout: time.Second} // want `nothing gives up on what is at values.example.org`

func serve(w http.ResponseWriter, r *http.Request) {
	newBilling(cfg).charge()
	rates.Get("https://rates.example.org/eur")
	made.Get(cfg.BillingURL + "/status")
	value.Get("https://values.example.org/")
	http.Get("https://default.example.org/") // want `nothing gives up on what is at default.example.org`
}
