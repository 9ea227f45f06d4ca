package fault

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"syscall"
	"testing"
	"time"
)

var errReadAfterClose = errors.New("fault: read of a response body that is closed")

// errOver ends what would hang longer than the test.
var errOver = errors.New("fault: the test is over")

// Transport returns base with faults. A nil base is http.DefaultTransport. Without rules it does
// what base does. Options that make no sense end the test with tb.Fatal.
//
// Around it stands what is to be tested: a client with its timeout, a retry, a breaker.
func Transport(tb testing.TB, base http.RoundTripper, options ...Option) *RoundTripper {
	tb.Helper()
	if base == nil {
		base = http.DefaultTransport
	}
	return &RoundTripper{base: base, engine: inTest(tb, onRequests, options)}
}

// A RoundTripper is what [Transport] returns. It may be used by several goroutines at once.
type RoundTripper struct {
	base   http.RoundTripper
	engine *engine
}

// Injected returns what was injected so far.
func (t *RoundTripper) Injected() Counts { return t.engine.injected() }

// CloseIdleConnections closes those of the base, for http.Client.CloseIdleConnections.
func (t *RoundTripper) CloseIdleConnections() {
	if c, ok := t.base.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// RoundTrip sends the request through base, unless a rule says otherwise. As with any
// RoundTripper the body of the request is closed, also where it is not sent. The rules are not
// asked about a request whose context has ended before.
func (t *RoundTripper) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	if ctx.Err() != nil {
		closeBody(req)
		return nil, context.Cause(ctx)
	}
	strikes := t.engine.decide(t.engine.current(), req, func(Rule) bool { return true })
	if resp, err := t.strike(req, strikes, false); resp != nil || err != nil {
		closeBody(req)
		return resp, err
	}
	resp, err := t.base.RoundTrip(req)
	if err != nil {
		return resp, err
	}
	instead, err := t.strike(req, strikes, true)
	if instead != nil || err != nil {
		_ = resp.Body.Close()
		return instead, err
	}
	// The body of an upgrade is a connection, and whoever asked for it will want to write to it.
	if resp.StatusCode != http.StatusSwitchingProtocols && resp.Body != http.NoBody {
		t.strikeBody(ctx, resp, strikes)
	}
	return resp, nil
}

func closeBody(req *http.Request) {
	if req.Body != nil {
		_ = req.Body.Close()
	}
}

// strike carries out the faults of the request, or those of its answer. What it returns is the
// end of the call; if that is nothing, the call goes on.
func (t *RoundTripper) strike(req *http.Request, strikes []strike, onAnswer bool) (*http.Response, error) {
	for _, s := range strikes {
		if s.strikesAnswer() != onAnswer || s.onBody() {
			continue
		}
		t.engine.count(s.kind)
		switch s.kind {
		case latency:
			if err := t.wait(req.Context(), s.wait, nil); err != nil {
				return nil, err
			}
		case hang:
			return nil, t.wait(req.Context(), forever, nil)
		case failure:
			return nil, s.err
		case refuse:
			return nil, refused("tcp", nil)
		case reset:
			return nil, &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", syscall.ECONNRESET)}
		case status:
			return answer(s.Rule, req), nil
		}
	}
	return nil, nil
}

// refused is the error of a dial to a port where nobody listens.
func refused(network string, addr net.Addr) error {
	return &net.OpError{Op: "dial", Net: network, Addr: addr, Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
}

// answer is the response of a Status rule.
func answer(r Rule, req *http.Request) *http.Response {
	header := r.header.Clone()
	if header == nil {
		header = make(http.Header)
	}
	return &http.Response{
		Status:     fmt.Sprintf("%d %s", r.code, http.StatusText(r.code)),
		StatusCode: r.code,
		Proto:      "HTTP/1.1",
		ProtoMajor: 1,
		ProtoMinor: 1,
		Header:     header,
		Body:       http.NoBody,
		Request:    req,
	}
}

// strikeBody puts the faults of the answer's bytes around its body.
func (t *RoundTripper) strikeBody(ctx context.Context, resp *http.Response, strikes []strike) {
	for _, s := range strikes {
		switch s.kind {
		case slowBody:
			resp.Body = newSlowReader(ctx, t, s.Rule, resp.Body)
		case cutBody:
			if resp.ContentLength < 0 || resp.ContentLength > s.bytes {
				resp.Body = &cutReader{ReadCloser: resp.Body, t: t, left: s.bytes}
			}
		}
	}
}

// forever is how long a hang is waited for: without a timer. In a testing/synctest bubble the
// clock would jump to the end of any timer, if nothing else is left to happen, and not report the
// deadlock that it is.
const forever = -1

// wait waits for d. If the context or the test ends before that, or body is closed, it says so.
func (t *RoundTripper) wait(ctx context.Context, d time.Duration, body <-chan struct{}) error {
	select {
	case <-after(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx) // as http.Transport does
	case <-body:
		return errReadAfterClose
	case <-t.engine.over:
		return errOver
	}
}

// after is time.After, which needs no Stop since Go 1.23, or never if d is forever.
func after(d time.Duration) <-chan time.Time {
	if d == forever {
		return nil
	}
	return time.After(d)
}
