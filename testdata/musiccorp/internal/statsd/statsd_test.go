package statsd_test

import (
	"bufio"
	"net"
	"testing"

	"github.com/musiccorp/musiccorp/internal/statsd"
)

func TestCount(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	lines := make(chan string, 1)
	go func() {
		defer close(lines)
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		line, _ := bufio.NewReader(conn).ReadString('\n')
		lines <- line
	}()

	c, err := statsd.Dial(ln.Addr().String(), "order")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.Count("placed")
	if got, want := <-lines, "order.placed:1|c\n"; got != want {
		t.Errorf("daemon got %q, want %q", got, want)
	}
}

func TestNilClient(t *testing.T) {
	var c *statsd.Client
	c.Count("placed")
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}
