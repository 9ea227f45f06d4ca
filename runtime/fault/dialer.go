package fault

import (
	"context"
	"net"
	"testing"
)

// A Dialer opens connections with faults. It may be used by several goroutines at once.
type Dialer struct {
	dial   func(ctx context.Context, network, address string) (net.Conn, error)
	engine *engine
}

// NewDialer returns a Dialer around dial, which has the form of http.Transport's DialContext; nil
// is that of a net.Dialer. The rules hold for all its connections together: what they are asked
// about are the exchanges on them, and [Refuse] about each dial. Options that make no sense end
// the test with tb.Fatal.
//
//	client := &http.Client{Transport: &http.Transport{
//		DialContext: fault.NewDialer(t, nil, fault.Reset().OnAnswer().Times(1)).DialContext,
//	}}
func NewDialer(tb testing.TB, dial func(ctx context.Context, network, address string) (net.Conn, error),
	options ...Option) *Dialer {
	tb.Helper()
	if dial == nil {
		dial = new(net.Dialer).DialContext
	}
	return &Dialer{dial: dial, engine: inTest(tb, onDialer, options)}
}

// Injected returns what was injected so far.
func (d *Dialer) Injected() Counts { return d.engine.injected() }

// DialContext opens a connection, unless a rule refuses it.
func (d *Dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	if d.engine.refuses() {
		return nil, refused(network, dialed{network, address})
	}
	conn, err := d.dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return newConnection(d.engine, conn), nil
}

// dialed is the address of a connection that does not exist.
type dialed struct{ network, address string }

func (a dialed) Network() string { return a.network }
func (a dialed) String() string  { return a.address }
