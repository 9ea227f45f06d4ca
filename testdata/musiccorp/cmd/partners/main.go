// Command partners runs the stand-ins for payment provider, carrier, label and
// supplier.
package main

import (
	"log"
	"net"
	"net/http"

	"github.com/musiccorp/musiccorp/internal/env"
	"github.com/musiccorp/musiccorp/partners"
)

func main() {
	ln, err := net.Listen("tcp", env.Get("PARTNERS_ADDR", "localhost:8090"))
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("partners listen on %s", ln.Addr())
	log.Fatal(http.Serve(ln, partners.Handler()))
}
