package silentreconnect

import (
	"math/rand/v2"
	"net"
	"time"
)

// A Feed opens itself again when it is told to, or hears nothing.
type Feed struct {
	addr string
	conn net.Conn
}

// Open opens it, and waits for the first event.
func (f *Feed) Open() (err error) {
	if f.conn, err = net.DialTimeout("tcp", f.addr, time.Second); err != nil {
		return err
	}
	f.event()
	go f.listen(f.conn)
	return nil
}

func (f *Feed) listen(conn net.Conn) {
	buf := make([]byte, 1)
	for {
		if _, err := conn.Read(buf); err != nil {
			f.reconnect()
			return
		}
		f.event()
	}
}

func (f *Feed) event() {
	if f.conn == nil {
		f.reconnect()
	}
}

func (f *Feed) reconnect() {
	delay := time.Second
	for {
		if err := f.Open(); err == nil {
			return
		}
		time.Sleep(delay/2 + rand.N(delay/2))
		delay = min(2*delay, time.Minute)
	}
}
