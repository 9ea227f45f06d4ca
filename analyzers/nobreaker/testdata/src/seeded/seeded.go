// Package seeded fills a new installation with what somebody has put into a file, when it is told to.
package seeded

import "net/http"

type SeedHandler struct{}

func (SeedHandler) SeedAccounts(w http.ResponseWriter, r *http.Request) {
	resp, err := http.Get("https://files.example.org/raw/0123abcd/accounts.json")
	if err == nil {
		resp.Body.Close()
	}
}

func seedFromPartner(w http.ResponseWriter, r *http.Request) {
	resp, err := http.Get("https://partner.example.org/accounts") // want `nothing gives up on what is at partner.example.org`
	if err == nil {
		resp.Body.Close()
	}
}

func rates(w http.ResponseWriter, r *http.Request) {
	resp, err := http.Get("https://bank.example.org/daily.xml") // want `nothing gives up on what is at bank.example.org`
	if err == nil {
		resp.Body.Close()
	}
}
