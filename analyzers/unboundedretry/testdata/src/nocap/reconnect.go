package nocap

import (
	"log"
	"net"
	"time"
)

// A link is a connection.
type link struct {
	addr string
	conn net.Conn
	lost chan error
}

func (l *link) connect() (err error) {
	l.conn, err = net.DialTimeout("tcp", l.addr, time.Second)
	return err
}

// Publish has its callers wait.
func (l *link) Publish(p []byte) error {
	if _, err := l.conn.Write(p); err == nil {
		return nil
	}
	l.reconnect()
	_, err := l.conn.Write(p)
	return err
}

func (l *link) reconnect() {
	for { // want `nothing ends this retry: while link.connect fails, it is called again every 5s, for ever; limit the attempts`
		if err := l.connect(); err == nil {
			return
		}
		time.Sleep(5 * time.Second)
	}
}

// Connected has them wait as well, even though it has waited itself.
func (l *link) Connected() net.Conn {
	<-l.lost
	for { // want `nothing ends this retry: while link.connect fails`
		if err := l.connect(); err == nil {
			return l.conn
		}
		time.Sleep(5 * time.Second)
	}
}

// Paced is no daemon by its ticker.
func (l *link) Paced(each [][]byte) {
	tick := time.NewTicker(time.Second)
	for _, p := range each {
		<-tick.C
		for { // want `nothing ends this retry: while link.connect fails`
			if err := l.connect(); err == nil {
				break
			}
			time.Sleep(5 * time.Second)
		}
		if _, err := l.conn.Write(p); err != nil {
			log.Print(err)
		}
	}
}

// Work holds up all messages by one.
func (l *link) Work(messages <-chan []byte) {
	for m := range messages {
		for { // want `nothing ends this retry: while link.send fails`
			if err := l.send(m); err == nil {
				break
			}
			time.Sleep(5 * time.Second)
		}
	}
}

func (l *link) send(p []byte) error {
	if err := l.connect(); err != nil {
		return err
	}
	_, err := l.conn.Write(p)
	return err
}

// Each starts one for each address.
func Each(addrs []string) {
	for _, addr := range addrs {
		l := &link{addr: addr, lost: make(chan error)}
		go l.redial()
	}
}

func (l *link) redial() {
	<-l.lost
	for { // want `nothing ends this retry: while link.connect fails`
		if err := l.connect(); err == nil {
			return
		}
		time.Sleep(5 * time.Second)
	}
}
