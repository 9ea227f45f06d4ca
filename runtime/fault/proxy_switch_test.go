package fault_test

import (
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/resilint/resilint/runtime/fault"
)

// The rules change while connections are open, and exchanges under way.
func TestProxySwitch(t *testing.T) {
	e := newEcho(t)
	p := newProxy(t, e.addr)
	open, hanging := dial(t, p.Addr()), dial(t, p.Addr())
	for _, c := range []net.Conn{open, hanging} {
		if s, err := exchange(c, "ping"); s != "PING" || err != nil {
			t.Fatalf("%q, %v", s, err)
		}
		receive(t, e.got)
	}

	if err := p.Set(fault.Hang()); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(hanging, "held"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "a hang", func() bool { return p.Injected().Hang == 1 })
	fresh := dial(t, p.Addr()) // it is accepted, and never answered
	if _, err := io.WriteString(fresh, "fresh"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "another hang", func() bool { return p.Injected().Hang == 2 })
	_ = fresh.SetReadDeadline(time.Now())
	if _, err := fresh.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) || len(e.got) != 0 {
		t.Errorf("%v, and the server got %d requests, while all hangs", err, len(e.got))
	}
	_ = fresh.SetReadDeadline(time.Now().Add(atMost))

	// Rules that are wrong leave those that hold.
	if err := p.Set(fault.Status(503)); err == nil || !strings.Contains(err.Error(), "Status(503)") {
		t.Errorf("Set of a status: %v", err)
	}
	if p.Injected().Hang != 2 || len(e.got) != 0 {
		t.Errorf("the refused rules changed something: injected %v, %d requests", p.Injected(), len(e.got))
	}

	// What hung goes on its way.
	p.Clear()
	for _, tt := range []struct {
		conn net.Conn
		want string
	}{{hanging, "HELD"}, {fresh, "FRESH"}} {
		b := make([]byte, len(tt.want))
		if _, err := io.ReadFull(tt.conn, b); string(b) != tt.want || err != nil {
			t.Errorf("after Clear: %q, %v; want %s", b, err, tt.want)
		}
		receive(t, e.got)
	}
	if s, err := exchange(open, "ping"); s != "PING" || err != nil {
		t.Errorf("after Clear: %q, %v", s, err)
	}
	receive(t, e.got)

	if err := p.Set(fault.Reset()); err != nil {
		t.Fatal(err)
	}
	if s, err := exchange(open, "ping"); s != "" || !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("after Set(Reset): %q, %v", s, err)
	}
	if want := (fault.Counts{Hang: 2, Reset: 1}); p.Injected() != want {
		t.Errorf("injected %v, want %v", p.Injected(), want)
	}
}

// New rules strike what the old ones hold up.
func TestProxySwitchFromHangToReset(t *testing.T) {
	for _, r := range []fault.Rule{fault.Hang(), fault.Hang().OnAnswer(), fault.Latency(time.Hour, 0), fault.SlowBody(1, time.Hour)} {
		e := newEcho(t)
		p := newProxy(t, e.addr, r)
		c := dial(t, p.Addr())
		if _, err := io.WriteString(c, "ping"); err != nil {
			t.Fatal(err)
		}
		eventually(t, r.String(), func() bool { return p.Injected().Total() == 1 })
		if err := p.Set(fault.Reset()); err != nil {
			t.Fatal(err)
		}
		if n, err := c.Read(make([]byte, 1)); n != 0 || !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("%v, then Reset: %d, %v; want a reset", r, n, err)
		}
	}
}

// An answer that is under way hangs as well, and its end with it.
func TestProxyHangMidAnswer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	more := make(chan struct{})
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		_, _ = io.WriteString(c, "first")
		<-more
		_, _ = io.WriteString(c, "second")
		_ = c.Close()
	}()
	p := newProxy(t, l.Addr().String())
	c := dial(t, p.Addr())
	b := make([]byte, 5)
	if _, err := io.ReadFull(c, b); string(b) != "first" || err != nil {
		t.Fatalf("%q, %v", b, err)
	}
	if err := p.Set(fault.Hang()); err != nil {
		t.Fatal(err)
	}
	close(more)
	eventually(t, "a hang", func() bool { return p.Injected().Hang == 1 })
	_ = c.SetReadDeadline(time.Now())
	if _, err := c.Read(b); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("%v while it hangs", err)
	}
	_ = c.SetReadDeadline(time.Now().Add(atMost))
	p.Clear()
	if rest, err := io.ReadAll(c); string(rest) != "second" || err != nil {
		t.Errorf("%q, %v; want what was held, and then the end", rest, err)
	}
}
