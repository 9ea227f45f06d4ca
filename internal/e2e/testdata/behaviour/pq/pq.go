// Package pq stands in for a driver of a remote database: it sends a line for each statement, and waits for
// one in return.
package pq

import (
	"bufio"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"net"
	"strings"
	"time"
)

func init() { sql.Register("postgres", opener{}) }

type opener struct{}

func (opener) Open(addr string) (driver.Conn, error) {
	nc, err := net.DialTimeout("tcp", addr, time.Minute)
	if err != nil {
		return nil, err
	}
	return &conn{nc, bufio.NewReader(nc)}, nil
}

type conn struct {
	net.Conn
	answers *bufio.Reader
}

var errOneStatement = errors.New("pq: one statement at a time")

func (c *conn) Prepare(string) (driver.Stmt, error) { return nil, errOneStatement }
func (c *conn) Begin() (driver.Tx, error)           { return nil, errOneStatement }

// Ping implements driver.Pinger.
func (c *conn) Ping(ctx context.Context) error { return c.ask(ctx, "PING") }

// ExecContext implements driver.ExecerContext.
func (c *conn) ExecContext(ctx context.Context, query string, _ []driver.NamedValue) (driver.Result, error) {
	return driver.ResultNoRows, c.ask(ctx, query)
}

func (c *conn) ask(ctx context.Context, line string) error {
	stop := context.AfterFunc(ctx, func() { c.SetDeadline(time.Now()) })
	defer stop()
	if _, err := c.Write([]byte(line + "\n")); err != nil {
		return err
	}
	answer, err := c.answers.ReadString('\n')
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return err
	case strings.TrimSpace(answer) != "ok":
		return errors.New("pq: " + strings.TrimSpace(answer))
	}
	return nil
}
