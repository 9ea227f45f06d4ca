package names

import (
	dialer "net"
	web "net/http"
)

// Renamed imports the packages under other names.
func Renamed(url, addr string) error {
	if _, err := web.Get(url); err != nil { // want "has no timeout"
		return err
	}
	conn, err := dialer.Dial("tcp", addr) // want "no timeout"
	if err != nil {
		return err
	}
	return conn.Close()
}
