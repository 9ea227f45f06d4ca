// Package asked calls others to see whether they are there.
package asked

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

type dependency struct {
	base string
	hc   *http.Client
}

func newDependency(base string) *dependency {
	return &dependency{base: base, hc: &http.Client{Timeout: time.Second}}
}

func (d *dependency) up() bool {
	resp, err := d.hc.Get(d.base + "/livez")
	if err != nil {
		return false
	}
	resp.Body.Close()
	return true
}

type search struct{ hc *http.Client }

func newSearch() *search { return &search{&http.Client{Timeout: time.Second}} }

func (s *search) up() bool {
	resp, err := s.hc.Get("https://search.example.org/")
	if err != nil {
		return false
	}
	resp.Body.Close()
	return true
}

type rates struct{ hc *http.Client }

func newRates() *rates { return &rates{&http.Client{Timeout: time.Second}} } // want `nothing gives up on what is at rates.example.org`

func (r *rates) get() bool {
	resp, err := r.hc.Get("https://rates.example.org/eur")
	if err != nil {
		return false
	}
	resp.Body.Close()
	return true
}

type server struct {
	stock  *dependency
	search *search
	rates  *rates
}

// healthHandler says by its name that it answers a probe.
func (s *server) healthHandler(w http.ResponseWriter, r *http.Request) {
	if !s.stock.up() || !s.rates.get() {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

// dependencies answers one by its path.
func (s *server) dependencies(w http.ResponseWriter, r *http.Request) {
	if !s.search.up() {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

// price answers clients by what a probe looks at as well.
func (s *server) price(w http.ResponseWriter, r *http.Request) { s.rates.get() }

func (s *server) routes(mux *http.ServeMux, engine *gin.Engine) {
	mux.HandleFunc("/status", s.healthHandler)
	mux.HandleFunc("GET /readyz", s.dependencies)
	mux.HandleFunc("GET /price", s.price)
	engine.GET("/healthz", func(c *gin.Context) {
		if !s.search.up() {
			c.JSON(http.StatusServiceUnavailable, nil)
		}
	})
}

func newServer() *server {
	return &server{newDependency("https://stock.example.org"), newSearch(), newRates()}
}
