package fault

import (
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// Conn returns conn with faults. Without rules it does what conn does. Options that make no sense
// end the test with tb.Fatal. What is written is taken for a request, and what is read for its
// answer: for the server's side of a connection it is the other way round.
func Conn(tb testing.TB, conn net.Conn, options ...Option) *Connection {
	tb.Helper()
	return newConnection(inTest(tb, onConn, options), conn)
}

// A Connection is what [Conn] returns. Its methods may be called by several goroutines at once.
type Connection struct {
	net.Conn
	gate    gate
	resumes bool // what hangs may go on: it is held, and not lost

	closed        chan struct{}
	close         sync.Once
	failure       atomic.Pointer[error] // of all calls, once the connection is broken
	reads, writes deadline

	writing sync.Mutex
	reading sync.Mutex
	buf     []byte
	unread  []byte // the part of buf that has arrived, and was not read
}

func newConnection(e *engine, conn net.Conn) *Connection {
	return &Connection{Conn: conn, gate: gate{engine: e}, closed: make(chan struct{})}
}

// Injected returns what was injected so far; for a connection of a [Dialer], into all of them.
func (c *Connection) Injected() Counts { return c.gate.engine.injected() }

// Write sends p, unless a rule says otherwise.
func (c *Connection) Write(p []byte) (int, error) {
	c.writing.Lock()
	defer c.writing.Unlock()
	for len(p) > 0 {
		if err := c.broken("write"); err != nil {
			return 0, err
		}
		a := c.gate.next(request, len(p))
		if a.kind == 0 {
			break
		}
		if a.kind == hang && !c.resumes {
			if err := c.ended("write", c.writes.done()); err != nil {
				return 0, err
			}
			return len(p), nil // it would be in the buffers of the system
		}
		if err := c.do(a, "write", c.writes.done()); err != nil {
			return 0, err
		}
	}
	n, err := c.Conn.Write(p)
	return n, c.explain("write", err)
}

// Read returns what has arrived, unless a rule says otherwise.
func (c *Connection) Read(p []byte) (int, error) {
	c.reading.Lock()
	defer c.reading.Unlock()
	if len(p) == 0 {
		return c.Conn.Read(p)
	}
	// What has arrived is kept until the faults let it pass: a Read that ends by its deadline
	// must not lose it.
	if err := c.receive(len(p)); err != nil {
		return 0, err
	}
	for {
		if err := c.broken("read"); err != nil {
			return 0, err
		}
		a := c.gate.next(reply, min(len(p), len(c.unread)))
		if a.kind == 0 {
			return c.deliver(p, a), nil
		}
		if a.kind == failure || a.kind == hang && !c.resumes {
			c.unread = nil
		}
		if err := c.do(a, "read", c.reads.done()); err != nil {
			return 0, err
		}
	}
}

// deliver copies what may pass, and cuts the connection if that is all.
func (c *Connection) deliver(p []byte, a action) int {
	n := copy(p, c.unread[:a.pass])
	c.unread = c.unread[n:]
	if a.cut {
		c.fail(io.EOF)
	}
	return n
}

// receive reads from the connection if nothing is there, and returns once something is.
func (c *Connection) receive(size int) error {
	if err := c.broken("read"); err != nil {
		return err
	}
	if len(c.unread) > 0 {
		return c.ended("read", c.reads.done())
	}
	if len(c.buf) < size {
		c.buf = make([]byte, size)
	}
	n, err := 0, error(nil)
	for n == 0 && err == nil {
		n, err = c.Conn.Read(c.buf[:size])
	}
	if n > 0 {
		c.unread = c.buf[:n] // an error will come again
		return nil
	}
	if errors.Is(err, io.EOF) {
		if err := c.hold(reply, "read", c.reads.done()); err != nil {
			return err
		}
	}
	return c.explain("read", err)
}

// hold waits while the end of the stream to a side hangs.
func (c *Connection) hold(to side, op string, deadline <-chan struct{}) error {
	for {
		a := c.gate.next(to, 0)
		if a.kind == 0 {
			return nil
		}
		if err := c.do(a, op, deadline); err != nil {
			return err
		}
	}
}

// do does what is to be done before bytes pass. An error is that of the call, in place of them.
func (c *Connection) do(a action, op string, deadline <-chan struct{}) error {
	switch a.kind {
	case failure:
		return a.err
	case reset:
		c.fail(syscall.ECONNRESET)
		return c.broken(op)
	case cutBody:
		c.fail(io.EOF)
		return c.broken(op)
	}
	wait := time.Duration(forever)
	if a.kind != hang {
		wait = max(0, time.Until(a.until))
	}
	select {
	case <-after(wait):
		return nil
	case <-a.replaced:
		return nil
	case <-deadline:
		return c.opError(op, os.ErrDeadlineExceeded)
	case <-c.closed:
		return c.opError(op, net.ErrClosed)
	case <-c.gate.engine.over:
		return c.opError(op, errOver)
	}
}

// ended returns the error of a call that comes after the deadline, or after Close, where the
// connection itself is not asked.
func (c *Connection) ended(op string, deadline <-chan struct{}) error {
	select {
	case <-c.closed:
		return c.opError(op, net.ErrClosed)
	case <-deadline:
		return c.opError(op, os.ErrDeadlineExceeded)
	default:
		return nil
	}
}

// fail breaks the connection, for good.
func (c *Connection) fail(err error) {
	if !c.failure.CompareAndSwap(nil, &err) {
		return
	}
	if errors.Is(err, syscall.ECONNRESET) {
		abort(c.Conn)
		return
	}
	_ = c.Conn.Close()
}

// abort closes a connection with a reset, where it is one of TCP.
func abort(conn net.Conn) {
	if tcp, ok := conn.(interface{ SetLinger(sec int) error }); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// broken returns the error of a connection that was made to fail, and nil if it was not.
func (c *Connection) broken(op string) error {
	p := c.failure.Load()
	switch {
	case p == nil:
		return nil
	case !c.cut():
		return c.opError(op, os.NewSyscallError(op, *p))
	case op == "read":
		return io.EOF
	}
	return c.opError(op, os.NewSyscallError(op, syscall.EPIPE))
}

// cut reports whether the connection was made to fail by a CutBody.
func (c *Connection) cut() bool {
	p := c.failure.Load()
	return p != nil && errors.Is(*p, io.EOF)
}

// explain returns err, or in its place why the connection is closed, if that is a fault.
func (c *Connection) explain(op string, err error) error {
	if err != nil {
		if broken := c.broken(op); broken != nil {
			return broken
		}
	}
	return err
}

func (c *Connection) opError(op string, err error) error {
	e := &net.OpError{Op: op, Source: c.LocalAddr(), Addr: c.RemoteAddr(), Err: err}
	if e.Addr != nil { // test doubles have none
		e.Net = e.Addr.Network()
	}
	return e
}

// Close closes the connection, and ends what waits on it.
func (c *Connection) Close() error {
	c.close.Do(func() {
		close(c.closed)
		c.reads.to(time.Time{})
		c.writes.to(time.Time{})
	})
	err := c.Conn.Close()
	if c.failure.Load() != nil {
		return nil // it was closed before
	}
	return err
}

// closeWrite tells the other side that nothing follows, unless that hangs, as all before it.
func (c *Connection) closeWrite() error {
	if err := c.hold(request, "close", nil); err != nil {
		return err
	}
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// SetDeadline sets the deadlines of Read and Write, which hold for injected waits as well.
func (c *Connection) SetDeadline(t time.Time) error {
	return errors.Join(c.SetReadDeadline(t), c.SetWriteDeadline(t))
}

// SetReadDeadline sets the deadline of Read, which holds for injected waits as well.
func (c *Connection) SetReadDeadline(t time.Time) error {
	c.reads.to(t)
	return c.Conn.SetReadDeadline(t)
}

// SetWriteDeadline sets the deadline of Write, which holds for injected waits as well.
func (c *Connection) SetWriteDeadline(t time.Time) error {
	c.writes.to(t)
	return c.Conn.SetWriteDeadline(t)
}
