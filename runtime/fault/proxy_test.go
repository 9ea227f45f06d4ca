package fault_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/resilint/resilint/runtime/fault"
)

// atMost is how long anything here may take: a bound, which nothing waits for.
const atMost = 30 * time.Second

func newProxy(t *testing.T, target string, options ...fault.Option) *fault.Proxy {
	t.Helper()
	p, err := fault.NewProxy(target, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	return p
}

// echo is a server on loopback that sends back what it gets, in capitals.
type echo struct {
	addr string
	got  chan string // what each read returned
	ends chan error  // how each connection ended
}

func newEcho(t *testing.T) *echo {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	e := &echo{addr: l.Addr().String(), got: make(chan string, 1000), ends: make(chan error, 1000)}
	var running sync.WaitGroup
	running.Add(1)
	go func() {
		defer running.Done()
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			running.Add(1)
			go func() {
				defer running.Done()
				defer func() { _ = c.Close() }()
				e.ends <- e.serve(c)
			}()
		}
	}()
	t.Cleanup(func() {
		_ = l.Close()
		running.Wait()
	})
	return e
}

func (e *echo) serve(c net.Conn) error {
	buf := make([]byte, 1<<16)
	for {
		n, err := c.Read(buf)
		if err != nil {
			return err
		}
		e.got <- string(buf[:n])
		if _, err := c.Write(bytes.ToUpper(buf[:n])); err != nil {
			return err
		}
	}
}

func dial(t *testing.T, addr string) *net.TCPConn {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	_ = c.SetDeadline(time.Now().Add(atMost))
	t.Cleanup(func() { _ = c.Close() })
	return c.(*net.TCPConn)
}

func exchange(c net.Conn, line string) (string, error) {
	if _, err := io.WriteString(c, line); err != nil {
		return "", err
	}
	buf := make([]byte, len(line))
	n, err := io.ReadFull(c, buf)
	return string(buf[:n]), err
}

// receive returns what is sent on the channel.
func receive[T any](t *testing.T, c <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-time.After(atMost):
		t.Fatalf("nothing within %v", atMost)
	}
	return v
}

// eventually waits until f is true.
func eventually(t *testing.T, what string, f func() bool) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	late := time.After(atMost)
	for !f() {
		select {
		case <-tick.C:
		case <-late:
			t.Fatalf("not within %v: %s", atMost, what)
		}
	}
}

func TestProxyNoRules(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	data := make([]byte, 4<<20)
	chance := rand.NewPCG(1, 1)
	for i := range data {
		data[i] = byte(chance.Uint64())
	}
	answered := make(chan error, 1)
	go func() { // answers after the end of the request: that has to get through as an end
		c, err := l.Accept()
		if err != nil {
			answered <- err
			return
		}
		defer func() { _ = c.Close() }()
		b, err := io.ReadAll(c)
		if err == nil && !bytes.Equal(b, data) {
			err = errors.New("other bytes arrived")
		}
		if err == nil {
			_, err = c.Write(b)
		}
		answered <- err
	}()
	p := newProxy(t, l.Addr().String())
	c := dial(t, p.Addr())
	if _, err := c.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := c.CloseWrite(); err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(c)
	if err != nil || !bytes.Equal(b, data) {
		t.Errorf("%d bytes came back, %v; want those that were sent", len(b), err)
	}
	if err := receive(t, answered); err != nil {
		t.Errorf("the server: %v", err)
	}
	if p.Injected() != (fault.Counts{}) {
		t.Errorf("injected %v", p.Injected())
	}
}

func TestProxyListensOnLoopbackOnly(t *testing.T) {
	p := newProxy(t, "127.0.0.1:1")
	host, port, err := net.SplitHostPort(p.Addr())
	if err != nil || host != "127.0.0.1" || port == "0" {
		t.Errorf("listens on %s", p.Addr())
	}
}

func TestProxyReset(t *testing.T) {
	for _, tt := range []struct {
		name string
		rule fault.Rule
		got  int
	}{{"request", fault.Reset(), 0}, {"answer", fault.Reset().OnAnswer(), 1}} {
		e := newEcho(t)
		p := newProxy(t, e.addr, tt.rule.Every(2))
		c := dial(t, p.Addr())
		if s, err := exchange(c, "ping"); s != "PING" || err != nil {
			t.Fatalf("%s: the first exchange: %q, %v", tt.name, s, err)
		}
		receive(t, e.got)
		if s, err := exchange(c, "ping"); s != "" || !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("%s: the second exchange: %q, %v; want a reset", tt.name, s, err)
		}
		if err := receive(t, e.ends); !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("%s: the server sees %v, want a reset", tt.name, err)
		}
		if len(e.got) != tt.got || p.Injected() != (fault.Counts{Reset: 1}) {
			t.Errorf("%s: %d requests got through, want %d; injected %v", tt.name, len(e.got), tt.got, p.Injected())
		}
	}
}

// turnedAway returns the error of a connection that is not served. It may come before the dial is
// over.
func turnedAway(addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(atMost))
	_, err = c.Read(make([]byte, 1))
	return err
}

func TestProxyRefuse(t *testing.T) {
	e := newEcho(t)
	p := newProxy(t, e.addr, fault.Refuse().Times(1))
	if err := turnedAway(p.Addr()); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("refused with %v, want a reset", err)
	}
	if s, err := exchange(dial(t, p.Addr()), "ping"); s != "PING" || err != nil {
		t.Errorf("the next connection: %q, %v", s, err)
	}
	if len(e.ends) != 0 || p.Injected() != (fault.Counts{Refuse: 1}) {
		t.Errorf("%d connections ended at the server; injected %v", len(e.ends), p.Injected())
	}
}

// A target that is not there is no fault that was injected, and looks like one.
func TestProxyWithoutTarget(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := l.Addr().String()
	_ = l.Close()
	p := newProxy(t, gone)
	if err := turnedAway(p.Addr()); !errors.Is(err, syscall.ECONNRESET) || p.Injected().Total() != 0 {
		t.Errorf("%v, injected %v; want a reset", err, p.Injected())
	}
	if _, err := fault.NewProxy("no port"); err == nil || !strings.HasPrefix(err.Error(), "fault: target") {
		t.Errorf("a target without a port: %v", err)
	}
}

func TestProxyCutBody(t *testing.T) {
	e := newEcho(t)
	p := newProxy(t, e.addr, fault.CutBody(5))
	c := dial(t, p.Addr())
	if s, err := exchange(c, "ping"); s != "PING" || err != nil {
		t.Errorf("%q, %v; 4 bytes are not cut", s, err)
	}
	if s, err := exchange(c, "pingpong"); s != "PINGP" || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%q, %v; want 5 bytes, and the end", s, err)
	}
	if receive(t, e.ends) == nil || p.Injected() != (fault.Counts{CutBody: 1}) {
		t.Errorf("injected %v", p.Injected())
	}
	eventually(t, "nothing left of the connection, which the client has not closed", func() bool {
		return running("fault.(*link)") == 0
	})
}

// How long the waits are is tested with a fake clock, on Conn, which does them; here it matters
// that they are done at all.
func TestProxySlow(t *testing.T) {
	const wait = 20 * time.Millisecond
	for _, tt := range []struct {
		rule   fault.Rule
		least  time.Duration
		counts fault.Counts
	}{
		{fault.Latency(wait, 0), wait, fault.Counts{Latency: 1}},
		{fault.Latency(wait, 0).OnAnswer(), wait, fault.Counts{Latency: 1}},
		{fault.SlowBody(3, wait), 2 * wait, fault.Counts{SlowBody: 1}},
	} {
		e := newEcho(t)
		p := newProxy(t, e.addr, tt.rule)
		c := dial(t, p.Addr())
		began := time.Now()
		if s, err := exchange(c, answer); s != "ANSWER" || err != nil {
			t.Errorf("%v: %q, %v", tt.rule, s, err)
		}
		if took := time.Since(began); took < tt.least || p.Injected() != tt.counts {
			t.Errorf("%v: took %v, want no less than %v; injected %v", tt.rule, took, tt.least, p.Injected())
		}
	}
}

func TestProxySameSeedSameFaults(t *testing.T) {
	e := newEcho(t)
	run := func(seed uint64) string {
		p := newProxy(t, e.addr, fault.Seed(seed), fault.Refuse().Probability(0.1), fault.CutBody(2).Probability(0.2),
			fault.Reset().Probability(0.2))
		var b strings.Builder
		var c net.Conn
		for range 60 {
			var s string
			var err error
			if c == nil {
				if c, err = net.Dial("tcp", p.Addr()); err == nil {
					defer func() { _ = c.Close() }()
					_ = c.SetDeadline(time.Now().Add(atMost))
				}
			}
			if err == nil { // it may be refused before the dial is over
				s, err = exchange(c, "ping")
			}
			switch {
			case err == nil && s == "PING":
				b.WriteString(".")
				continue
			case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
				b.WriteString("r")
			case errors.Is(err, io.ErrUnexpectedEOF):
				b.WriteString("c")
			default:
				t.Fatalf("%q, %v", s, err)
			}
			c = nil
		}
		return b.String() + " " + p.Injected().String()
	}
	first := run(1)
	if again := run(1); again != first {
		t.Errorf("the same seed again:\n%s, want\n%s", again, first)
	}
	if other := run(2); other == first {
		t.Errorf("two seeds, and the same outcomes:\n%s", first)
	}
	for _, o := range []string{".", "r", "c", "refuse"} {
		if !strings.Contains(first, o) {
			t.Errorf("no %q among the outcomes %s: the test shows nothing", o, first)
		}
	}
}

// inProxy are the functions that run for as long as a Proxy does.
var inProxy = []string{"fault.(*Proxy)", "fault.(*link)"}

// running returns how many goroutines are in one of these functions.
func running(functions ...string) int {
	buf := make([]byte, 1<<20)
	n := 0
	for _, g := range strings.Split(string(buf[:runtime.Stack(buf, true)]), "\n\n") {
		if slices.ContainsFunc(functions, func(f string) bool { return strings.Contains(g, f) }) {
			n++
		}
	}
	return n
}

func TestProxyCloseLeavesNothing(t *testing.T) {
	e := newEcho(t)
	before := runtime.NumGoroutine()
	p := newProxy(t, e.addr, fault.Seed(5), fault.Hang().Every(3), fault.Latency(time.Hour, 0).Every(2))
	const n = 30
	var conns []*net.TCPConn
	for range n {
		c := dial(t, p.Addr())
		if _, err := io.WriteString(c, "ping"); err != nil {
			t.Fatal(err)
		}
		conns = append(conns, c)
	}
	// Every sixth exchange meets both, and never gets to the second.
	eventually(t, "all faults", func() bool { return p.Injected().Hang+p.Injected().Latency == n/2+n/6 })
	if r := running(inProxy...); r < n {
		t.Fatalf("%d goroutines, and %d connections: the test shows nothing", r, n)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	if r := running("fault.(*link).pump"); r != 0 {
		t.Errorf("%d goroutines still pass bytes on after Close", r)
	}
	for i, c := range conns {
		_ = c.SetDeadline(time.Now().Add(atMost))
		if _, err := io.Copy(io.Discard, c); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("connection %d is open", i)
		}
	}
	for range n {
		receive(t, e.ends)
	}
	if _, err := net.Dial("tcp", p.Addr()); err == nil {
		t.Error("it still listens")
	}
	eventually(t, "no goroutine of the proxy, nor any other", func() bool {
		return running(inProxy...) == 0 && runtime.NumGoroutine() <= before
	})
	if err := p.Close(); err != nil {
		t.Errorf("a second Close: %v", err)
	}
}

// Clients that come and go leave nothing behind either.
func TestProxyConnectionsEnd(t *testing.T) {
	e := newEcho(t)
	p := newProxy(t, e.addr)
	for range 20 {
		c := dial(t, p.Addr())
		if s, err := exchange(c, "ping"); s != "PING" || err != nil {
			t.Fatalf("%q, %v", s, err)
		}
		_ = c.Close()
		if err := receive(t, e.ends); err != io.EOF {
			t.Errorf("the server sees %v, want the end", err)
		}
	}
	eventually(t, "one goroutine, which accepts", func() bool { return running(inProxy...) == 1 })

	// A client that resets is a reset to the server.
	c := dial(t, p.Addr())
	if s, err := exchange(c, "ping"); s != "PING" || err != nil {
		t.Fatalf("%q, %v", s, err)
	}
	_ = c.SetLinger(0)
	_ = c.Close()
	if err := receive(t, e.ends); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("the server sees %v, want a reset", err)
	}
	eventually(t, "one goroutine, which accepts", func() bool { return running(inProxy...) == 1 })
}

// Nor do those that give up while their answer waits.
func TestProxyClientGivesUp(t *testing.T) {
	e := newEcho(t)
	p := newProxy(t, e.addr, fault.Latency(time.Hour, 0).OnAnswer())
	c := dial(t, p.Addr())
	if _, err := io.WriteString(c, "ping"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "a wait", func() bool { return p.Injected().Latency == 1 })
	_ = c.SetLinger(0)
	_ = c.Close()
	if err := receive(t, e.ends); err == nil {
		t.Error("the server does not see it")
	}
	eventually(t, "one goroutine, which accepts", func() bool { return running(inProxy...) == 1 })
}

// An experiment as it is done: a program and its HTTP dependency.
func TestProxyOverHTTP(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, answer)
	}))
	defer srv.Close()
	p := newProxy(t, srv.Listener.Addr().String(), fault.Reset().OnAnswer().Every(3))
	tr := &http.Transport{DisableKeepAlives: true} // net/http repeats GETs on connections that were reused
	client := &http.Client{Transport: tr, Timeout: atMost}
	defer tr.CloseIdleConnections()
	var got strings.Builder
	for range 6 {
		got.WriteString(outcome(client.Get("http://" + p.Addr())))
	}
	if want := "..r..r"; got.String() != want || p.Injected() != (fault.Counts{Reset: 2}) {
		t.Errorf("outcomes %s, want %s; injected %v", got.String(), want, p.Injected())
	}
}
