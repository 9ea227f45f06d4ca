// Package fixdial has dials whose fix is a dialer with a Timeout.
package fixdial

import (
	"context"
	"crypto/tls"
	"net"
	"time"
)

// Dial returns the connection.
func Dial(addr string) (net.Conn, error) {
	return net.Dial("tcp", addr) // want "no timeout"
}

// Checked has the call in an if statement.
func Checked(host string) bool {
	if conn, err := net.Dial("tcp", net.JoinHostPort(host, "25")); err == nil { // want "no timeout"
		return conn.Close() == nil
	}
	return false
}

// TLS passes a nil configuration.
func TLS(addr string) (*tls.Conn, error) {
	return tls.Dial("tcp", addr, nil) // want "no timeout"
}

// TLSConfig passes one over several lines.
func TLSConfig(addr string) (*tls.Conn, error) {
	return tls.Dial("tcp", addr, &tls.Config{ // want "no timeout"
		MinVersion: tls.VersionTLS13,
	})
}

// Literal has an empty dialer.
func Literal(addr string) (net.Conn, error) {
	return (&net.Dialer{}).Dial("tcp", addr) // want "no timeout"
}

// Fields has one with fields.
func Fields(addr string) (net.Conn, error) {
	return (&net.Dialer{KeepAlive: 30 * time.Second}).Dial("tcp", addr) // want "no timeout"
}

// Var declares it.
func Var(addr string) (net.Conn, error) {
	var d net.Dialer // want "no timeout"
	return d.DialContext(context.Background(), "tcp", addr)
}

// InScope has a context that the dial could use.
func InScope(ctx context.Context, addr string) (net.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return net.Dial("tcp", addr) // want "no timeout"
}

// WithDialer lacks only the field.
func WithDialer(addr string) (*tls.Conn, error) {
	return tls.DialWithDialer(&net.Dialer{}, "tcp", addr, nil) // want "no timeout"
}

// TLSDialer needs an inner dialer.
func TLSDialer(addr string) (net.Conn, error) {
	return (&tls.Dialer{}).Dial("tcp", addr) // want "no timeout"
}
