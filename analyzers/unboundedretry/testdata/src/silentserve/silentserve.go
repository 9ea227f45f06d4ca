// Package silentserve accepts connections.
package silentserve

import (
	"errors"
	"log"
	"net"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: time.Second}

// Serve goes on after each, and after errors that pass.
func Serve(l net.Listener) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			if errors.Is(err, net.ErrClosed) {
				return nil
			}
			log.Print(err)
			continue
		}
		go handle(conn)
	}
}

// Temporary waits longer each time, as net/http does.
func Temporary(l net.Listener) error {
	var delay time.Duration
	for {
		conn, err := l.Accept()
		if err != nil {
			var temporary net.Error
			if errors.As(err, &temporary) && temporary.Timeout() {
				if delay *= 2; delay == 0 {
					delay = 5 * time.Millisecond
				}
				time.Sleep(delay)
				continue
			}
			return err
		}
		delay = 0
		go handle(conn)
	}
}

// One waits for the first.
func One(l net.Listener) net.Conn {
	for {
		conn, err := l.Accept()
		if err == nil {
			return conn
		}
		time.Sleep(time.Second)
	}
}

func handle(conn net.Conn) {
	defer conn.Close()
	resp, err := client.Get("http://catalog/")
	if err == nil {
		resp.Body.Close()
	}
}
