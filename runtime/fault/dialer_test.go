//go:build go1.25

package fault_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/resilint/resilint/runtime/fault"
	"github.com/resilint/resilint/runtime/internal/pipenet"
)

// overHTTP returns a client whose connections have faults, and how many requests the server got.
func overHTTP(t *testing.T, options ...fault.Option) (*http.Client, *fault.Dialer, func() int) {
	t.Helper()
	d := &dependency{}
	l, tr := pipenet.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = d.RoundTrip(r)
		_, _ = io.WriteString(w, answer)
	}))
	dialer := fault.NewDialer(t, l.Dial, options...)
	tr.DialContext = dialer.DialContext
	return &http.Client{Transport: tr, Timeout: time.Minute}, dialer, func() int {
		d.mu.Lock()
		defer d.mu.Unlock()
		return d.requests
	}
}

const piped = "http://pipe/"

// An exchange is a request, whether or not it has a connection for itself.
func TestDialerCountsRequests(t *testing.T) {
	for _, alone := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			c, d, _ := overHTTP(t, fault.Latency(time.Second, 0).Every(2))
			c.Transport.(*http.Transport).DisableKeepAlives = alone
			for i := range 6 {
				began := time.Now()
				want := time.Duration(i%2) * time.Second
				if got := outcome(c.Get(piped)); got != "." || time.Since(began) != want {
					t.Errorf("request %d: %s after %v, want %v", i, got, time.Since(began), want)
				}
			}
			if d.Injected() != (fault.Counts{Latency: 3}) {
				t.Errorf("injected %v", d.Injected())
			}
		})
	}
}

func TestDialerFaults(t *testing.T) {
	tests := []struct {
		rule     fault.Rule
		want     string
		requests int
	}{
		{fault.Refuse(), "f", 0},
		{fault.Reset(), "r", 0},
		{fault.Reset().OnAnswer(), "r", 1},
		{fault.Hang(), "e", 0},
		{fault.Hang().OnAnswer(), "e", 1},
		{fault.Error(errors.New("mine")).OnAnswer(), "e", 1},
		{fault.CutBody(1), "e", 1},
		{fault.CutBody(len("HTTP/1.1 200 OK\r\nDate: Sat, 01 Jan 2000 00:00:00 GMT\r\nContent-Length: 6\r\n" +
			"Content-Type: text/plain; charset=utf-8\r\n\r\nans")), "c", 1},
		{fault.SlowBody(1000, time.Second), ".", 1},
		{fault.SlowBody(1, time.Second), "e", 1}, // longer than a minute
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			c, d, requests := overHTTP(t, tt.rule)
			if got := outcome(c.Get(piped)); got != tt.want || requests() != tt.requests {
				t.Errorf("%v: %s, and %d requests arrived; want %s, and %d", tt.rule, got, requests(), tt.want, tt.requests)
			}
			if d.Injected().Total() != 1 {
				t.Errorf("%v: injected %v", tt.rule, d.Injected())
			}
		})
	}
}

func TestDialerRefuse(t *testing.T) {
	dials := 0
	dial := func(context.Context, string, string) (net.Conn, error) {
		dials++
		c, _ := net.Pipe()
		return c, nil
	}
	d := fault.NewDialer(t, dial, fault.Refuse().Every(2), fault.Reset())
	for i := range 4 {
		c, err := d.DialContext(t.Context(), "tcp", "db.internal:5432")
		if refused := errors.Is(err, syscall.ECONNREFUSED); refused != (i%2 == 1) || refused == (c != nil) {
			t.Errorf("dial %d: %v, %v", i, c, err)
		}
		var op *net.OpError
		if err != nil && (!errors.As(err, &op) || op.Op != "dial" || !strings.Contains(err.Error(), "db.internal:5432")) {
			t.Errorf("dial %d: %v, want an error of the dial that says where to", i, err)
		}
	}
	if dials != 2 || d.Injected() != (fault.Counts{Refuse: 2}) {
		t.Errorf("%d dials, injected %v; want 2 and 2", dials, d.Injected())
	}
	fails := errors.New("fails")
	d = fault.NewDialer(t, func(context.Context, string, string) (net.Conn, error) { return nil, fails })
	if c, err := d.DialContext(t.Context(), "tcp", "db.internal:5432"); c != nil || err != fails {
		t.Errorf("%v, %v; want the error of the dial", c, err)
	}
}

func TestDialerSameSeedSameFaults(t *testing.T) {
	run := func(seed uint64) (s string) {
		synctest.Test(t, func(t *testing.T) {
			c, _, _ := overHTTP(t, fault.Seed(seed), fault.Refuse().Probability(0.2),
				fault.Reset().OnAnswer().Probability(0.2), fault.CutBody(10).Probability(0.2))
			c.Transport.(*http.Transport).DisableKeepAlives = true // net/http repeats GETs on those that were reused
			for range 60 {
				s += outcome(c.Get(piped))
			}
		})
		return s
	}
	first := run(1)
	for _, o := range ".fre" {
		if !strings.ContainsRune(first, o) {
			t.Errorf("no %q among the outcomes %s: the test shows nothing", o, first)
		}
	}
	if again := run(1); again != first {
		t.Errorf("the same seed again:\n%s, want\n%s", again, first)
	}
	if other := run(2); other == first {
		t.Errorf("two seeds, and the same outcomes:\n%s", first)
	}
}
