// Package toldwhere is told by requests whom to call.
package toldwhere

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"sync"
	"time"
)

type setup struct {
	Host string `json:"host"`
}

type state struct {
	mu   sync.Mutex
	host string
	own  string
}

var current = &state{}

var hc = &http.Client{Timeout: time.Second}

func configure(w http.ResponseWriter, r *http.Request) {
	var s setup
	if err := json.NewDecoder(r.Body).Decode(&s); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	current.mu.Lock()
	defer current.mu.Unlock()
	current.host = s.Host
}

func flags(w http.ResponseWriter, r *http.Request) {
	current.mu.Lock()
	host := current.host
	current.mu.Unlock()
	if resp, err := hc.Get(host + "/flags"); err == nil {
		resp.Body.Close()
	}
}

var lazy = &http.Client{Timeout: time.Second} // want `nothing gives up on what is at current.own`

func prices(w http.ResponseWriter, r *http.Request) {
	if current.own == "" {
		current.own = os.Getenv("PRICES_URL")
	}
	if resp, err := lazy.Get(current.own + "/prices"); err == nil {
		resp.Body.Close()
	}
}

// plain says no scheme.
func plain(w http.ResponseWriter, r *http.Request) {
	if resp, err := hc.Get(fmt.Sprintf("localhost:8080/%s", r.PathValue("id"))); err == nil {
		resp.Body.Close()
	}
}
