//go:build go1.25

package fault

import (
	"errors"
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"
)

// halves is a connection that can be closed by halves, as one of TCP.
type halves struct {
	net.Conn
	ended bool
}

func (h *halves) CloseWrite() error {
	h.ended = true
	return nil
}

// A connection of a Proxy holds what hangs, and its end, for as long as the rules hold and no
// longer. That nothing happens in the meantime can only be seen with a fake clock.
func TestHangIsHeld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := net.Pipe()
		h := &halves{Conn: client}
		e, err := newEngine(onProxy, []Option{Hang()})
		if err != nil {
			t.Fatal(err)
		}
		c := newConnection(e, h)
		c.resumes = true
		arrived := make(chan string, 1)
		go func() {
			b := make([]byte, 10)
			n, _ := server.Read(b)
			arrived <- string(b[:n])
		}()
		ended := make(chan error, 1)
		go func() {
			_, _ = io.WriteString(c, "ping")
			ended <- c.closeWrite()
		}()
		time.Sleep(time.Hour)
		if len(arrived) != 0 || h.ended {
			t.Error("it got through while it hangs")
		}
		// Rules of which the first lets the exchange pass, and the second strikes the next one.
		if err := e.set([]Rule{Hang().Every(2)}); err != nil {
			t.Fatal(err)
		}
		if err := <-ended; <-arrived != "ping" || err != nil || !h.ended {
			t.Errorf("after the rules were replaced: ended %v, %v", h.ended, err)
		}
		if e.injected() != (Counts{Hang: 1}) {
			t.Errorf("injected %v", e.injected())
		}
	})
}

// The end of the request hangs as well, where the exchange does that it ends.
func TestEndIsHeld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, tt := range []struct {
			close bool // and not released
			want  error
		}{{false, nil}, {true, net.ErrClosed}} {
			client, server := net.Pipe()
			h := &halves{Conn: client}
			e, err := newEngine(onProxy, []Option{Hang()})
			if err != nil {
				t.Fatal(err)
			}
			c := newConnection(e, h)
			c.resumes = true
			go func() { _, _ = io.WriteString(server, "hello") }()
			go func() { _, _ = io.Copy(io.Discard, c) }()
			synctest.Wait() // the greeting is held
			ended := make(chan error, 1)
			go func() { ended <- c.closeWrite() }()
			time.Sleep(time.Hour)
			if len(ended) != 0 || h.ended {
				t.Error("the end got through while the exchange hangs")
			}
			if tt.close {
				_ = c.Close()
			} else if err := e.set(nil); err != nil {
				t.Fatal(err)
			}
			if err := <-ended; !errors.Is(err, tt.want) || h.ended == tt.close {
				t.Errorf("ended %v with %v, want %v", h.ended, err, tt.want)
			}
			_ = server.Close()
			_ = c.Close()
		}
	})
}
