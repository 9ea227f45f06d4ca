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

// A broker connects when it is made, and by the same function again where the connection is lost.
type broker struct {
	addr string
	conn net.Conn
	gone chan error
}

// NewBroker is for who has one broker.
func NewBroker(addr string) *broker {
	b := &broker{addr: addr, gone: make(chan error)}
	b.connect()
	go b.watch()
	return b
}

func (b *broker) connect() {
	for { // want `^net.DialTimeout is called again every 1s, however`
		conn, err := net.DialTimeout("tcp", b.addr, time.Second)
		if err == nil {
			b.conn = conn
			return
		}
		time.Sleep(time.Second)
	}
}

func (b *broker) watch() {
	for {
		if err := <-b.gone; err != nil {
			b.connect()
		}
	}
}

// A caller connects for each call.
type caller struct {
	broker
	calls chan string
}

// Call may wait for ever.
func (c *caller) Call(text string) error {
	c.connectAgain()
	_, err := c.conn.Write([]byte(text))
	return err
}

func (c *caller) connectAgain() {
	for { // want `nothing ends this retry`
		conn, err := net.DialTimeout("tcp", c.addr, time.Second)
		if err == nil {
			c.conn = conn
			return
		}
		time.Sleep(time.Second)
	}
}

// Watch connects where the connection is lost.
func (c *caller) Watch() {
	for range c.gone {
		c.connectAgain()
	}
}
