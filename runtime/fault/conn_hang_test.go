//go:build go1.25

package fault_test

import (
	"errors"
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/resilint/resilint/runtime/fault"
)

func TestConnHang(t *testing.T) {
	tests := []struct {
		name    string
		rule    fault.Rule
		arrived string
	}{
		{"request", fault.Hang(), "one"},
		{"answer", fault.Hang().OnAnswer(), "one two three"},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			c, lines := served(t, tt.rule.Every(2).Times(1))
			if s, err := call(c, "one"); s != "ONE" || err != nil {
				t.Fatalf("%s: the first call: %q, %v", tt.name, s, err)
			}
			for _, line := range []string{"two", "three"} { // it does not come back to life
				began := time.Now()
				_ = c.SetReadDeadline(began.Add(time.Second))
				if s, err := call(c, line); s != "" || !isTimeout(err) || time.Since(began) != time.Second {
					t.Errorf("%s: %q, %v after %v; want a timeout after 1 s", tt.name, s, err, time.Since(began))
				}
			}
			if l := got(lines); l != tt.arrived || c.Injected() != (fault.Counts{Hang: 1}) {
				t.Errorf("%s: the server saw %q, want %q; injected %v", tt.name, l, tt.arrived, c.Injected())
			}
			_ = c.SetReadDeadline(time.Time{})
			time.AfterFunc(time.Hour, func() { _ = c.Close() })
			began := time.Now()
			_, err := c.Read(make([]byte, 1))
			closed := errors.Is(err, net.ErrClosed) || errors.Is(err, io.ErrClosedPipe)
			if !closed || time.Since(began) != time.Hour {
				t.Errorf("%s: %v after %v; want to be ended by Close", tt.name, err, time.Since(began))
			}
		})
	}
}

// The end of the connection does not get through either.
func TestConnHangHidesEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := net.Pipe()
		c := fault.Conn(t, client, fault.Hang())
		if n, err := c.Write([]byte("ping")); n != 4 || err != nil {
			t.Fatalf("Write: %d, %v; want it taken", n, err)
		}
		_ = server.Close()
		began := time.Now()
		time.AfterFunc(time.Second, func() { _ = c.Close() })
		if _, err := c.Read(make([]byte, 1)); !errors.Is(err, net.ErrClosed) || time.Since(began) != time.Second {
			t.Errorf("%v after %v; want nothing until Close", err, time.Since(began))
		}
	})
}

func TestConnHangEndsWithTest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := net.Pipe()
		_ = server.Close()
		read := make(chan error, 1)
		new(recorder).run(func(tb testing.TB) {
			c := fault.Conn(tb, client, fault.Hang())
			_, _ = c.Write([]byte("ping"))
			go func() {
				_, err := c.Read(make([]byte, 1))
				read <- err
			}()
			synctest.Wait()
			if len(read) != 0 {
				t.Errorf("it ended before the test: %v", <-read)
			}
		})
		if err := <-read; err == nil {
			t.Error("no error")
		}
	})
}

func TestConnHangingWriteEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _ := served(t, fault.Hang())
		_ = c.SetWriteDeadline(time.Now().Add(-time.Second))
		if n, err := c.Write([]byte("ping")); n != 0 || !isTimeout(err) {
			t.Errorf("after the deadline: %d, %v", n, err)
		}
		_ = c.SetWriteDeadline(time.Time{})
		if n, err := c.Write([]byte("ping")); n != 4 || err != nil {
			t.Errorf("without one: %d, %v", n, err)
		}
		_ = c.Close()
		if n, err := c.Write([]byte("ping")); n != 0 || !errors.Is(err, net.ErrClosed) {
			t.Errorf("after Close: %d, %v", n, err)
		}
	})
}
