// Package dial opens plain connections.
package dial

import (
	"context"
	"net"
	"time"
)

// Plain waits for the operating system to give up, and then for ever for the peer.
func Plain(addr string) (net.Conn, error) {
	return net.Dial("tcp", addr) // want "no timeout"
}

// Greeting reads from a connection that has no deadline either.
func Greeting(addr string) (string, error) {
	conn, err := net.Dial("tcp4", addr) // want "no timeout"
	if err != nil {
		return "", err
	}
	defer conn.Close()
	buf := make([]byte, 128)
	n, err := conn.Read(buf)
	return string(buf[:n]), err
}

// Open checks a port: the place where a slow peer hurts most.
func Open(host string) bool {
	conn, err := net.Dial("tcp", net.JoinHostPort(host, "443")) // want "no timeout"
	if err != nil {
		return false
	}
	conn.Close()
	return true
}

// EmptyDialer has a dialer without a bound.
func EmptyDialer(addr string) (net.Conn, error) {
	return (&net.Dialer{}).Dial("tcp", addr) // want "no timeout"
}

// VarDialer declares it.
func VarDialer(addr string) (net.Conn, error) {
	var d net.Dialer // want "no timeout"
	return d.Dial("tcp", addr)
}

// KeepAliveOnly sets what comes after the connection is made.
func KeepAliveOnly(addr string) (net.Conn, error) {
	return (&net.Dialer{KeepAlive: 15 * time.Second}).Dial("tcp", addr) // want "no timeout"
}

// BackgroundContext passes a context without a deadline.
func BackgroundContext(addr string) (net.Conn, error) {
	return new(net.Dialer).DialContext(context.Background(), "tcp", addr) // want "no timeout"
}

// CancelContext passes one that can only be cancelled.
func CancelContext(addr string) (net.Conn, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var d net.Dialer // want "no timeout"
	return d.DialContext(ctx, "tcp", addr)
}

// ClearedDeadline sets the zero time, which removes deadlines.
func ClearedDeadline(addr string) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr) // want "no timeout"
	if err != nil {
		return nil, err
	}
	return conn, conn.SetDeadline(time.Time{})
}
