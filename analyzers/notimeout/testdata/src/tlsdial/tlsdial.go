// Package tlsdial opens TLS connections: the handshake waits for the peer as well.
package tlsdial

import (
	"context"
	"crypto/tls"
	"net"
	"time"
)

// Plain has nothing that bounds connect or handshake.
func Plain(addr string) (*tls.Conn, error) {
	return tls.Dial("tcp", addr, &tls.Config{MinVersion: tls.VersionTLS13}) // want "no timeout"
}

// Expiry checks a certificate.
func Expiry(addr string) (time.Time, error) {
	conn, err := tls.Dial("tcp", addr, nil) // want "no timeout"
	if err != nil {
		return time.Time{}, err
	}
	defer conn.Close()
	return conn.ConnectionState().PeerCertificates[0].NotAfter, nil
}

// EmptyNetDialer uses the function that would take a bound, without one.
func EmptyNetDialer(addr string) (*tls.Conn, error) {
	return tls.DialWithDialer(&net.Dialer{}, "tcp", addr, nil) // want "no timeout"
}

// EmptyDialer has no NetDialer.
func EmptyDialer(addr string) (net.Conn, error) {
	return (&tls.Dialer{}).Dial("tcp", addr) // want "no timeout"
}

// ConfigOnly configures TLS and nothing else, with Background.
func ConfigOnly(addr string, cfg *tls.Config) (net.Conn, error) {
	d := tls.Dialer{Config: cfg} // want "no timeout"
	return d.DialContext(context.Background(), "tcp", addr)
}

// NetDialer bounds connect and handshake: silent.
func NetDialer(addr string) (*tls.Conn, error) {
	return tls.DialWithDialer(&net.Dialer{Timeout: 5 * time.Second}, "tcp", addr, nil)
}

// NetDialerVar keeps the bounded dialer in a variable: silent.
func NetDialerVar(addr string, limit time.Duration) (*tls.Conn, error) {
	d := new(net.Dialer)
	d.Timeout = limit
	return tls.DialWithDialer(d, "tcp", addr, nil)
}

// NetDialerGiven gets it from the caller: silent.
func NetDialerGiven(d *net.Dialer, addr string) (*tls.Conn, error) {
	return tls.DialWithDialer(d, "tcp", addr, nil)
}

// Nested bounds the inner dialer of a tls.Dialer: silent.
func Nested(addr string) (net.Conn, error) {
	d := &tls.Dialer{NetDialer: &net.Dialer{Timeout: 5 * time.Second}}
	return d.Dial("tcp", addr)
}

// NestedLater assigns the inner dialer: silent.
func NestedLater(addr string) (net.Conn, error) {
	var d tls.Dialer
	d.NetDialer = &net.Dialer{Deadline: time.Now().Add(5 * time.Second)}
	return d.Dial("tcp", addr)
}

// Timed bounds by the context: silent.
func Timed(addr string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return (&tls.Dialer{}).DialContext(ctx, "tcp", addr)
}

// SetDeadline bounds the conversation, but comes after the handshake, which can hang.
func SetDeadline(addr string) error {
	conn, err := tls.Dial("tcp", addr, nil) // want "no timeout"
	if err != nil {
		return err
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(5 * time.Second))
	_, err = conn.Write([]byte("QUIT\r\n"))
	return err
}

// Wrapped speaks TLS over a connection that was dialled with a bound: silent.
func Wrapped(addr string) (*tls.Conn, error) {
	conn, err := net.DialTimeout("tcp", addr, 5*time.Second)
	if err != nil {
		return nil, err
	}
	return tls.Client(conn, &tls.Config{ServerName: "mail.example"}), nil
}
