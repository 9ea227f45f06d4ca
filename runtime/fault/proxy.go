package fault

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"
)

const (
	// dialTimeout is how long the target of a Proxy has to accept a connection. It is of ours:
	// long for a host that is up, and it is no fault that anybody asked for.
	dialTimeout = 10 * time.Second
	// acceptPause is what is waited after a failed accept, such as one for want of file
	// descriptors: net/http begins with 5 ms.
	acceptPause = 5 * time.Millisecond
)

// A Proxy passes bytes between its clients and a target, with faults that can be changed while it
// runs. It listens on 127.0.0.1 only. It is for experiments on whole programs, which are
// configured to find their dependency at its Addr.
//
// The rules are asked about exchanges, as the package comment describes; [Refuse] is asked about
// each connection.
type Proxy struct {
	target   string
	listener *net.TCPListener
	engine   *engine
	ctx      context.Context
	cancel   context.CancelFunc
	running  sync.WaitGroup
}

// NewProxy starts a Proxy on a free port. The target is the "host:port" to connect to by TCP, anew
// for each client; where that fails, the client's connection is reset. The error says which option
// makes no sense, or why it cannot listen. The caller has to Close it.
func NewProxy(target string, options ...Option) (*Proxy, error) {
	if _, _, err := net.SplitHostPort(target); err != nil {
		return nil, fmt.Errorf("fault: target of a Proxy: %w", err)
	}
	e, err := newEngine(onProxy, options)
	if err != nil {
		return nil, err
	}
	listener, err := net.ListenTCP("tcp4", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		return nil, err
	}
	p := &Proxy{target: target, listener: listener, engine: e}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	p.running.Add(1)
	go p.serve()
	return p, nil
}

// Addr returns where it listens: "127.0.0.1:port".
func (p *Proxy) Addr() string { return p.listener.Addr().String() }

// Set replaces the rules. They hold at once, also on connections that are open: an exchange that
// is under way is decided on anew as soon as more of it arrives, and one that is held up is so
// immediately. What hung goes on its way, unless the new rules forbid it. The counters of the
// rules, and chance, begin anew.
//
// If a rule makes no sense, the error says so, and nothing is changed.
func (p *Proxy) Set(rules ...Rule) error { return p.engine.set(rules) }

// Clear removes all rules, as Set() does.
func (p *Proxy) Clear() { _ = p.engine.set(nil) }

// Injected returns what was injected since the Proxy was started.
func (p *Proxy) Injected() Counts { return p.engine.injected() }

// Close closes the listener and all connections, and returns when the Proxy has come to rest. It
// may be called more than once.
func (p *Proxy) Close() error {
	p.cancel()
	err := p.listener.Close()
	p.running.Wait()
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

func (p *Proxy) serve() {
	defer p.running.Done()
	for {
		client, err := p.listener.AcceptTCP()
		if err == nil {
			p.running.Add(1)
			go p.handle(client)
			continue
		}
		select {
		case <-p.ctx.Done():
			return
		case <-after(acceptPause):
		}
	}
}

// handle serves one client.
func (p *Proxy) handle(client *net.TCPConn) {
	defer p.running.Done()
	if p.engine.refuses() {
		abort(client)
		return
	}
	dialer := net.Dialer{Timeout: dialTimeout}
	upstream, err := dialer.DialContext(p.ctx, "tcp", p.target)
	if err != nil {
		abort(client)
		return
	}
	target := newConnection(p.engine, upstream)
	target.resumes = true
	both := &link{client: client, target: target}
	defer both.close()
	stop := context.AfterFunc(p.ctx, both.close)
	defer stop()

	done := make(chan struct{})
	go func() {
		defer close(done)
		both.pump(client, target, client.CloseWrite)
	}()
	both.pump(target, client, target.closeWrite)
	<-done
}

// link is a client, and its connection to the target.
type link struct {
	client *net.TCPConn
	target *Connection
}

func (l *link) close() {
	_ = l.client.Close()
	_ = l.target.Close()
}

// pump passes the bytes of one direction on until it ends, and then its end as well: the other
// direction may have more to say. An error, which may be a fault, is a reset to both sides.
func (l *link) pump(to io.Writer, from io.Reader, closeWrite func() error) {
	_, err := io.Copy(to, from)
	switch {
	case l.target.cut():
		l.close()
	case err == nil:
		_ = closeWrite()
	default:
		abort(l.client)
		abort(l.target.Conn)
		_ = l.target.Close() // what waits
	}
}
