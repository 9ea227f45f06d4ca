// Package websocket is a stub of gorilla's: a dialer is bounded by HandshakeTimeout or by its context.
package websocket

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"time"
)

type Dialer struct {
	NetDialContext   func(ctx context.Context, network, addr string) (net.Conn, error)
	TLSClientConfig  *tls.Config
	HandshakeTimeout time.Duration
	Subprotocols     []string
}

type Conn struct{ conn net.Conn }

type Upgrader struct {
	HandshakeTimeout time.Duration
	CheckOrigin      func(r *http.Request) bool
}

var DefaultDialer = &Dialer{HandshakeTimeout: 45 * time.Second}

func (d *Dialer) Dial(urlStr string, requestHeader http.Header) (*Conn, *http.Response, error) {
	return d.DialContext(context.Background(), urlStr, requestHeader)
}

func (d *Dialer) DialContext(ctx context.Context, urlStr string, requestHeader http.Header) (*Conn, *http.Response, error) {
	return &Conn{}, nil, ctx.Err()
}

func (u *Upgrader) Upgrade(w http.ResponseWriter, r *http.Request, responseHeader http.Header) (*Conn, error) {
	return &Conn{}, nil
}

func (c *Conn) ReadMessage() (messageType int, p []byte, err error) { return 0, nil, nil }

func (c *Conn) Close() error { return c.conn.Close() }
