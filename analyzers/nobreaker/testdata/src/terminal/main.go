// Command terminal asks for one person, who types what.
package main

import (
	"bufio"
	"net/http"
	"os"
	"time"
)

// gateway is for another program.
type gateway struct{ hc *http.Client }

func (g *gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) { g.order(r.FormValue("id")) }

func (g *gateway) order(id string) error {
	resp, err := g.hc.Get("https://orders.example.org/" + id)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	g := &gateway{hc: &http.Client{Timeout: time.Second}}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		if err := g.order(lines.Text()); err != nil {
			println(err.Error())
		}
	}
}
