package silentreconnect

import (
	"math/rand/v2"
	"net"
	"time"
)

// A link is a connection that is kept.
type link struct {
	addr string
	conn net.Conn
	lost chan error
}

func (l *link) connect() (err error) {
	l.conn, err = net.DialTimeout("tcp", l.addr, time.Second)
	return err
}

// Watch connects again, later each time.
func (l *link) Watch() {
	for range l.lost {
		delay := time.Second
		for {
			time.Sleep(delay/2 + rand.N(delay/2))
			if err := l.connect(); err == nil {
				break
			}
			delay = min(2*delay, time.Minute)
		}
	}
}
