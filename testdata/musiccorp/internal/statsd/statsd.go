// Package statsd counts things at a statsd daemon, over TCP.
package statsd

import (
	"fmt"
	"log"
	"net"
	"sync"
)

// Client is a connection to the daemon. A nil Client counts nothing.
type Client struct {
	prefix string

	mu   sync.Mutex
	conn net.Conn
}

// Dial connects to the daemon at addr. Every name is sent with the prefix.
func Dial(addr, prefix string) (*Client, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("connect to statsd: %w", err)
	}
	return &Client{prefix: prefix, conn: conn}, nil
}

// Count adds one to the counter name.
func (c *Client) Count(name string) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, err := fmt.Fprintf(c.conn, "%s.%s:1|c\n", c.prefix, name); err != nil {
		log.Printf("statsd: %v", err)
	}
}

// Close closes the connection.
func (c *Client) Close() error {
	if c == nil {
		return nil
	}
	return c.conn.Close()
}
