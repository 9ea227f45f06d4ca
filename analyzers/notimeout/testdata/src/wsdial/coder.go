package wsdial

import (
	"context"
	"net/http"
	"time"

	"github.com/coder/websocket"
)

// CoderBackground has neither a deadline nor a client with a Timeout.
func CoderBackground(url string) (*websocket.Conn, error) {
	conn, _, err := websocket.Dial(context.Background(), url, nil) // want "no timeout"
	return conn, err
}

// CoderHeader passes options that bound nothing, and a context that can only be cancelled.
func CoderHeader(url, token string) (*websocket.Conn, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	conn, _, err := websocket.Dial(ctx, url, &websocket.DialOptions{ // want "no timeout"
		HTTPHeader: http.Header{"Authorization": {token}},
	})
	return conn, err
}

// CoderTimed bounds the handshake and then reads with Background, as a stream should: silent.
func CoderTimed(url string, each func([]byte)) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, url, nil)
	if err != nil {
		return err
	}
	defer conn.CloseNow()
	for {
		_, msg, err := conn.Read(context.Background())
		if err != nil {
			return err
		}
		each(msg)
	}
}

// CoderParameter leaves the bound to its caller: silent.
func CoderParameter(ctx context.Context, url string) (*websocket.Conn, error) {
	conn, _, err := websocket.Dial(ctx, url, nil)
	return conn, err
}

// CoderClient bounds the handshake by the client's Timeout, which Dial turns into a deadline: silent.
func CoderClient(url string) (*websocket.Conn, error) {
	conn, _, err := websocket.Dial(context.Background(), url, &websocket.DialOptions{
		HTTPClient: &http.Client{Timeout: 10 * time.Second},
	})
	return conn, err
}
