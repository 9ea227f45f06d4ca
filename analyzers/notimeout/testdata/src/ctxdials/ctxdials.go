// Package ctxdials passes contexts without a deadline to functions that dial with nothing else to bound it.
package ctxdials

import (
	"context"
	"crypto/tls"
	"net"
	"time"

	coder "github.com/coder/websocket"
	"github.com/gorilla/websocket"
)

func connect(ctx context.Context, addr string) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(ctx, "tcp", addr)
}

func Connect(addr string) (net.Conn, error) {
	return connect(context.Background(), addr) // want "has no deadline"
}

func secure(ctx context.Context, addr string) (net.Conn, error) {
	d := tls.Dialer{NetDialer: &net.Dialer{KeepAlive: time.Minute}}
	return d.DialContext(ctx, "tcp", addr)
}

func Secure(addr string) (net.Conn, error) {
	return secure(context.TODO(), addr) // want "has no deadline"
}

type feed struct{ dialer *websocket.Dialer }

func newFeed() *feed { return &feed{dialer: &websocket.Dialer{}} }

func (f *feed) open(ctx context.Context, url string) (*websocket.Conn, error) {
	conn, _, err := f.dialer.DialContext(ctx, url, nil)
	return conn, err
}

func Feed(url string) (*websocket.Conn, error) {
	return newFeed().open(context.Background(), url) // want "has no deadline"
}

func join(ctx context.Context, url string) error {
	conn, _, err := coder.Dial(ctx, url, nil)
	if err != nil {
		return err
	}
	return conn.CloseNow()
}

func Join(url string) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	return join(ctx, url) // want "has no deadline"
}

func on(ctx context.Context, network, addr string) (net.Conn, error) {
	return new(net.Dialer).DialContext(ctx, network, addr)
}

func On(addr string) (net.Conn, error) {
	return on(context.Background(), "tcp", addr) // want "no deadline|no timeout"
}

// Silent: the dialer has a timeout, the peer is this machine, or the context has a deadline.

func bounded(ctx context.Context, addr string) (net.Conn, error) {
	d := net.Dialer{Timeout: time.Second}
	return d.DialContext(ctx, "tcp", addr)
}

func local(ctx context.Context, path string) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(ctx, "unix", path)
}

func shaken(ctx context.Context, url string) (*websocket.Conn, error) {
	d := websocket.Dialer{HandshakeTimeout: time.Second}
	conn, _, err := d.DialContext(ctx, url, nil)
	return conn, err
}

func byDefault(ctx context.Context, url string) (*websocket.Conn, error) {
	conn, _, err := websocket.DefaultDialer.DialContext(ctx, url, nil)
	return conn, err
}

func Silent() {
	bounded(context.Background(), "db:5432")
	local(context.Background(), "/run/db.sock")
	shaken(context.Background(), "ws://feed.internal/")
	byDefault(context.Background(), "ws://feed.internal/")
	on(context.Background(), "unix", "/run/db.sock")
	own, _ := net.Listen("tcp", "127.0.0.1:0")
	connect(context.Background(), own.Addr().String())
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	connect(ctx, "db:5432")
	join(ctx, "ws://feed.internal/")
}
