package fixtimetaken

import (
	"net"
	"net/http"
)

// Other is in a second file, which must not get the import under the taken name either.
func Other(url string) (*http.Response, error) {
	return http.Get(url) // want "has no timeout"
}

// Dial needs it as well.
func Dial(addr string) (net.Conn, error) {
	return net.Dial("tcp", addr) // want "no timeout"
}
