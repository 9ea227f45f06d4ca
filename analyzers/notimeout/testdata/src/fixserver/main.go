// Command fixserver starts servers in all the places where the call can stand.
package main

import (
	"log"
	"net"
	"net/http"
	"os"
)

func main() {
	mux := http.NewServeMux()
	go debug()
	go metrics(mux)
	switch os.Getenv("MODE") {
	case "tls":
		log.Fatal(secure(mux))
	case "listener":
		log.Fatal(listener(mux))
	case "checked":
		checked(mux)
	}
	// The usual way, inside another call.
	log.Fatal(http.ListenAndServe(":8080", mux)) // want "slowly"
}

// debug has a nil handler and no use for the error.
func debug() {
	http.ListenAndServe(":6060", nil) // want "slowly"
}

// metrics starts in a go statement.
func metrics(h http.Handler) {
	go http.ListenAndServe(":9100", h) // want "slowly"
}

// secure returns the error.
func secure(h http.Handler) error {
	return http.ListenAndServeTLS(":8443", "cert.pem", "key.pem", h) // want "slowly"
}

// listener serves on a listener of its own.
func listener(h http.Handler) error {
	l, err := net.Listen("tcp", ":"+os.Getenv("PORT"))
	if err != nil {
		return err
	}
	return http.Serve(l, h) // want "slowly"
}

// checked has the call in an if statement, where a composite literal needs parentheses.
func checked(h http.Handler) {
	if err := http.ListenAndServe(net.JoinHostPort("", os.Getenv("PORT")), h); err != nil { // want "slowly"
		log.Fatal(err)
	}
}
