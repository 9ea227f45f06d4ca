// Package wsdial opens websockets: the handshake is a call like any other, what follows is a stream.
package wsdial

import (
	"context"
	"crypto/tls"
	"net/http"
	"time"

	"github.com/gorilla/websocket"
)

// Literal loses the 45 s of the package's default dialer.
func Literal(url string) (*websocket.Conn, error) {
	d := websocket.Dialer{TLSClientConfig: &tls.Config{ServerName: "feed.example"}} // want "no timeout"
	conn, _, err := d.Dial(url, nil)
	return conn, err
}

// BackgroundDialer passes a context that bounds nothing.
func BackgroundDialer(url string) (*websocket.Conn, error) {
	d := &websocket.Dialer{} // want "no timeout"
	conn, _, err := d.DialContext(context.Background(), url, nil)
	return conn, err
}

// Feed keeps its dialer in a field.
type Feed struct{ dialer *websocket.Dialer }

// NewFeed builds the dialer that Connect uses.
func NewFeed() *Feed {
	return &Feed{dialer: &websocket.Dialer{ // want "no timeout"
		Subprotocols: []string{"feed.v1"},
	}}
}

// Connect is called again after each disconnect.
func (f *Feed) Connect(url string) (*websocket.Conn, error) {
	conn, _, err := f.dialer.Dial(url, http.Header{"Origin": {"https://shop.example"}})
	return conn, err
}

// Default uses the package's dialer, which gives up after 45 s: silent.
func Default(url string) (*websocket.Conn, error) {
	conn, _, err := websocket.DefaultDialer.Dial(url, nil)
	return conn, err
}

// CopyOfDefault changes a copy, which keeps the 45 s: silent.
func CopyOfDefault(url string, cfg *tls.Config) (*websocket.Conn, error) {
	d := *websocket.DefaultDialer
	d.TLSClientConfig = cfg
	conn, _, err := d.Dial(url, nil)
	return conn, err
}

// Handshake sets the field: silent.
func Handshake(url string) (*websocket.Conn, error) {
	d := websocket.Dialer{HandshakeTimeout: 10 * time.Second}
	conn, _, err := d.Dial(url, nil)
	return conn, err
}

// HandshakeLater assigns it: silent.
func HandshakeLater(url string, limit time.Duration) (*websocket.Conn, error) {
	d := &websocket.Dialer{}
	d.HandshakeTimeout = limit
	conn, _, err := d.Dial(url, nil)
	return conn, err
}

// TimedDialer bounds the handshake by its context, and reads without a bound, as a stream should: silent.
func TimedDialer(url string, each func([]byte)) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	d := &websocket.Dialer{}
	conn, _, err := d.DialContext(ctx, url, nil)
	if err != nil {
		return err
	}
	defer conn.Close()
	for {
		_, msg, err := conn.ReadMessage()
		if err != nil {
			return err
		}
		each(msg)
	}
}

// GivenContext leaves the bound to its caller: silent.
func GivenContext(ctx context.Context, url string) (*websocket.Conn, error) {
	d := &websocket.Dialer{}
	conn, _, err := d.DialContext(ctx, url, nil)
	return conn, err
}

// Unused dials nothing: silent.
func Unused() *websocket.Dialer { return &websocket.Dialer{} }

// Upgrade is the server's side and no dialer: silent.
func Upgrade(w http.ResponseWriter, r *http.Request) (*websocket.Conn, error) {
	u := websocket.Upgrader{}
	return u.Upgrade(w, r, nil)
}
