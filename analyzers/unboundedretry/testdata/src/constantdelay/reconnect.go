package constantdelay

import (
	"context"
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

// Open connects, and again where that is lost.
func Open(addr string) (*link, error) {
	l := &link{addr: addr, lost: make(chan error)}
	if err := l.connect(); err != nil {
		return nil, err
	}
	go l.reconnectLoop()
	return l, nil
}

func (l *link) reconnectLoop() {
	for {
		if err, ok := <-l.lost; !ok || err == nil {
			return
		}
		for { // want `^link.connect is called again every 5s, however long it has failed: .*; wait longer each time, up to a ceiling, with jitter, until it is to be closed$`
			time.Sleep(5 * time.Second)
			if err := l.connect(); err == nil {
				break
			}
		}
	}
}

// Keep waits once for each connection.
func (l *link) Keep() {
	go func() {
		<-l.lost
		for { // want `^net.DialTimeout is called again every 1s, however`
			conn, err := net.DialTimeout("tcp", l.addr, time.Second)
			if err == nil {
				l.conn = conn
				l.Keep()
				break
			}
			time.Sleep(time.Second)
		}
	}()
}

// Guard has another method connect.
func (l *link) Guard(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.lost:
			l.reconnect(ctx)
		}
	}
}

func (l *link) reconnect(ctx context.Context) {
	for { // want `^link.connect is called again every 2s, however .*; besides, time.Sleep does not listen to ctx; wait longer each time, up to a ceiling, with jitter, until ctx ends; wait in a select`
		if l.connect() == nil {
			return
		}
		time.Sleep(2 * time.Second)
	}
}
