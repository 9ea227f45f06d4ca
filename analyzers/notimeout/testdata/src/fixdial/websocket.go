package fixdial

import "github.com/gorilla/websocket"

// Websocket lacks the field HandshakeTimeout.
func Websocket(url string) (*websocket.Conn, error) {
	d := websocket.Dialer{Subprotocols: []string{"v1"}} // want "no timeout"
	conn, _, err := d.Dial(url, nil)
	return conn, err
}
