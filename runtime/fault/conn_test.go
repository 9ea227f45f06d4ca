//go:build go1.25

package fault_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/resilint/resilint/runtime/fault"
)

// served returns a connection with faults to a server that answers each line of at most 64 bytes
// with the same in capitals. The channel has the lines that it got, and is closed when it has seen
// the end of the connection.
func served(t *testing.T, options ...fault.Option) (*fault.Connection, <-chan string) {
	t.Helper()
	client, server := net.Pipe()
	c := fault.Conn(t, client, options...)
	lines := make(chan string, 100)
	go func() {
		defer close(lines)
		defer func() { _ = server.Close() }()
		buf := make([]byte, 64)
		for {
			n, err := server.Read(buf)
			if err != nil {
				return
			}
			lines <- string(buf[:n])
			if _, err := server.Write(bytes.ToUpper(buf[:n])); err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() { _ = c.Close() })
	return c, lines
}

// call sends a line, and returns what comes back, or the first error.
func call(c net.Conn, line string) (string, error) {
	if _, err := io.WriteString(c, line); err != nil {
		return "", err
	}
	buf := make([]byte, len(line))
	n, err := io.ReadFull(c, buf)
	return string(buf[:n]), err
}

// isTimeout says what the documentation of net.Conn promises of the end by a deadline.
func isTimeout(err error) bool {
	var e net.Error
	return errors.Is(err, os.ErrDeadlineExceeded) && errors.As(err, &e) && e.Timeout()
}

func got(lines <-chan string) string {
	synctest.Wait()
	var all []string
	for {
		select {
		case l, ok := <-lines:
			if !ok {
				return strings.Join(append(all, "end"), " ")
			}
			all = append(all, l)
		default:
			return strings.Join(all, " ")
		}
	}
}

func TestConnNoRules(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, lines := served(t)
		for range 100 {
			if s, err := call(c, "ping"); s != "PING" || err != nil {
				t.Fatalf("answer %q, %v", s, err)
			}
			<-lines
		}
		if c.LocalAddr().Network() != "pipe" || c.Injected() != (fault.Counts{}) {
			t.Errorf("%v, injected %v", c.LocalAddr(), c.Injected())
		}
		if err := c.Close(); err != nil || got(lines) != "end" {
			t.Errorf("Close: %v; want the server to see it", err)
		}
		if _, err := call(c, "ping"); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("after Close: %v", err)
		}
	})
}

func TestConnLatency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, r := range []fault.Rule{fault.Latency(time.Second, 0), fault.Latency(time.Second, 0).OnAnswer()} {
			c, _ := served(t, r.Times(2))
			for i, want := range []time.Duration{time.Second, time.Second, 0} {
				began := time.Now()
				if s, err := call(c, "ping"); s != "PING" || err != nil || time.Since(began) != want {
					t.Errorf("call %d: %q, %v after %v; want %v", i, s, err, time.Since(began), want)
				}
			}
			if c.Injected() != (fault.Counts{Latency: 2}) {
				t.Errorf("injected %v", c.Injected())
			}
		}
	})
}

// It is the exchange that is late, not each of its pieces.
func TestConnLatencyOncePerExchange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := net.Pipe()
		c := fault.Conn(t, client, fault.Latency(time.Second, 0))
		go func() { _, _ = io.ReadFull(server, make([]byte, 6)); _, _ = io.WriteString(server, answer) }()
		began := time.Now()
		for _, s := range []string{"in", "2x", "ab"} {
			if _, err := io.WriteString(c, s); err != nil {
				t.Fatal(err)
			}
		}
		one := make([]byte, 1)
		for i := range answer {
			if _, err := c.Read(one); err != nil || one[0] != answer[i] {
				t.Fatalf("byte %d is %q, %v", i, one, err)
			}
		}
		if took := time.Since(began); took != time.Second || c.Injected().Latency != 1 {
			t.Errorf("took %v, injected %v; want 1 s once", took, c.Injected())
		}
	})
}

// A server that speaks first begins an exchange as well.
func TestConnGreeting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := net.Pipe()
		c := fault.Conn(t, client, fault.Latency(time.Second, 0).First(1), fault.Reset().Every(2))
		go func() { _, _ = io.WriteString(server, "220 hello") }()
		began := time.Now()
		b := make([]byte, 9)
		if _, err := io.ReadFull(c, b); string(b) != "220 hello" || err != nil || time.Since(began) != time.Second {
			t.Errorf("greeting %q, %v after %v", b, err, time.Since(began))
		}
		if _, err := c.Write([]byte("HELO")); !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("the second exchange ends with %v, want a reset", err)
		}
	})
}

// A deadline ends an injected wait, and nothing is lost by that.
func TestConnDeadlines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, lines := served(t, fault.Latency(10*time.Second, 0).OnAnswer())
		began := time.Now()
		_ = c.SetDeadline(began.Add(time.Second))
		if s, err := call(c, "ping"); s != "" || !isTimeout(err) || time.Since(began) != time.Second {
			t.Errorf("%q, %v after %v; want a timeout after 1 s", s, err, time.Since(began))
		}
		if _, err := c.Read(make([]byte, 4)); !isTimeout(err) || time.Since(began) != time.Second {
			t.Errorf("%v after %v; want the deadline to be passed still", err, time.Since(began))
		}
		// Put off while it is waited for, and then taken back.
		_ = c.SetReadDeadline(began.Add(3 * time.Second))
		time.AfterFunc(time.Second, func() { _ = c.SetReadDeadline(began.Add(5 * time.Second)) })
		if _, err := c.Read(make([]byte, 4)); !isTimeout(err) || time.Since(began) != 5*time.Second {
			t.Errorf("%v after %v; want a timeout after 5 s", err, time.Since(began))
		}
		_ = c.SetDeadline(time.Time{})
		b := make([]byte, 4)
		if _, err := io.ReadFull(c, b); string(b) != "PING" || err != nil || time.Since(began) != 10*time.Second {
			t.Errorf("%q, %v after %v; want the answer after 10 s", b, err, time.Since(began))
		}
		if got(lines) != "ping" || c.Injected().Latency != 1 {
			t.Errorf("injected %v", c.Injected())
		}
	})
}

func TestConnWriteDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, lines := served(t, fault.Latency(10*time.Second, 0))
		began := time.Now()
		_ = c.SetWriteDeadline(began.Add(time.Second))
		if n, err := c.Write([]byte("ping")); n != 0 || !isTimeout(err) || time.Since(began) != time.Second {
			t.Errorf("%d, %v after %v; want a timeout after 1 s", n, err, time.Since(began))
		}
		if got(lines) != "" {
			t.Error("it was sent")
		}
		_ = c.SetWriteDeadline(time.Time{})
		if s, err := call(c, "pong"); s != "PONG" || err != nil || time.Since(began) != 10*time.Second {
			t.Errorf("%q, %v after %v; want the rest of the wait", s, err, time.Since(began))
		}
	})
}

func TestConnReset(t *testing.T) {
	tests := []struct {
		name    string
		rule    fault.Rule
		arrived string
	}{
		{"request", fault.Reset(), "end"},
		{"answer", fault.Reset().OnAnswer(), "ping end"},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			c, lines := served(t, tt.rule)
			s, err := call(c, "ping")
			var op *net.OpError
			if s != "" || !errors.Is(err, syscall.ECONNRESET) || !errors.As(err, &op) || op.Net != "pipe" {
				t.Errorf("%s: %q, %v; want a reset", tt.name, s, err)
			}
			if l := got(lines); l != tt.arrived {
				t.Errorf("%s: the server saw %q, want %q", tt.name, l, tt.arrived)
			}
			if _, err := c.Write([]byte("x")); !errors.Is(err, syscall.ECONNRESET) {
				t.Errorf("%s: then Write: %v", tt.name, err)
			}
			if _, err := c.Read(make([]byte, 1)); !errors.Is(err, syscall.ECONNRESET) {
				t.Errorf("%s: then Read: %v", tt.name, err)
			}
			if err := c.Close(); err != nil || c.Injected() != (fault.Counts{Reset: 1}) {
				t.Errorf("%s: Close: %v; injected %v", tt.name, err, c.Injected())
			}
		})
	}
}

// Who reads while a write is struck gets the reset too, not the error of a connection that was
// closed on this side.
func TestConnResetOfAReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _ := served(t, fault.Reset())
		read := make(chan error)
		go func() {
			_, err := c.Read(make([]byte, 1))
			read <- err
		}()
		synctest.Wait()
		_, _ = c.Write([]byte("ping"))
		if err := <-read; !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("the reader gets %v", err)
		}
	})
}

// And so does who writes while a read is struck.
func TestConnResetOfAWriter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := net.Pipe()
		c := fault.Conn(t, client, fault.Reset().OnAnswer())
		wrote := make(chan error)
		go func() {
			_, err := c.Write([]byte("ping")) // nobody reads it
			wrote <- err
		}()
		synctest.Wait()
		go func() { _, _ = server.Write([]byte("pong")) }()
		_, _ = c.Read(make([]byte, 4))
		if err := <-wrote; !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("the writer gets %v", err)
		}
	})
}

func TestConnError(t *testing.T) {
	mine := errors.New("mine")
	tests := []struct {
		name    string
		rule    fault.Rule
		arrived string
	}{
		{"request", fault.Error(mine), "one three"},
		{"answer", fault.Error(mine).OnAnswer(), "one two three"},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			c, lines := served(t, tt.rule.Every(2))
			var results []string
			for _, line := range []string{"one", "two", "three"} {
				s, err := call(c, line)
				if err != nil && err != mine {
					t.Errorf("%s: %v, want the error as it was given", tt.name, err)
				}
				results = append(results, s)
			}
			if s := strings.Join(results, ","); s != "ONE,,THREE" {
				t.Errorf("%s: answers %s, want the second to be missing", tt.name, s)
			}
			if l := got(lines); l != tt.arrived || c.Injected() != (fault.Counts{Error: 1}) {
				t.Errorf("%s: the server saw %q, want %q; injected %v", tt.name, l, tt.arrived, c.Injected())
			}
		})
	}
}

func TestConnSlowBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _ := served(t, fault.SlowBody(2, time.Second).First(2))
		for i, want := range []struct {
			line string
			took time.Duration
		}{{"abcde", 3 * time.Second}, {"ab", time.Second}, {"abcde", 0}} {
			began := time.Now()
			s, err := call(c, want.line)
			if s != strings.ToUpper(want.line) || err != nil || time.Since(began) != want.took {
				t.Errorf("call %d: %q, %v after %v; want %v", i, s, err, time.Since(began), want.took)
			}
		}
		if c.Injected() != (fault.Counts{SlowBody: 2}) {
			t.Errorf("injected %v", c.Injected())
		}
	})
}

func TestConnCutBody(t *testing.T) {
	for _, tt := range []struct {
		cut  int
		want string
		err  error
		cuts int
	}{
		{0, "", io.EOF, 1},
		{3, "ANS", io.ErrUnexpectedEOF, 1}, // of io.ReadFull: the connection's error is EOF
		{6, "ANSWER", nil, 1},
		{7, "ANSWER", nil, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			c, lines := served(t, fault.CutBody(tt.cut))
			s, err := call(c, answer)
			if s != tt.want || !errors.Is(err, tt.err) || c.Injected().CutBody != tt.cuts {
				t.Errorf("CutBody(%d): %q, %v, injected %v; want %q, %v", tt.cut, s, err, c.Injected(), tt.want, tt.err)
			}
			if l := got(lines); (l == "answer end") != (tt.cuts > 0) {
				t.Errorf("CutBody(%d): the server saw %q", tt.cut, l)
			}
			if tt.cuts == 0 {
				return
			}
			if n, err := c.Read(make([]byte, 1)); n != 0 || err != io.EOF {
				t.Errorf("CutBody(%d): reading on gives %d, %v", tt.cut, n, err)
			}
			if _, err := c.Write([]byte("x")); !errors.Is(err, syscall.EPIPE) {
				t.Errorf("CutBody(%d): writing gives %v, want a broken pipe", tt.cut, err)
			}
		})
	}
}

// Each exchange of a connection has its own answer to be cut and slowed.
func TestConnBodyOfEachExchange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _ := served(t, fault.CutBody(5))
		for range 3 {
			if s, err := call(c, "ping"); s != "PING" || err != nil {
				t.Errorf("%q, %v; no answer is longer than 4 bytes", s, err)
			}
		}
		if s, _ := call(c, "pingpong"); s != "PINGP" {
			t.Errorf("%q, want 5 bytes", s)
		}
	})
}

// What has arrived, and may not pass yet, is no reason to miss a deadline or Close; and drops are
// the same to those who read less at a time.
func TestConnKeepsWhatArrived(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _ := served(t, fault.SlowBody(2, time.Second))
		began := time.Now()
		if _, err := io.WriteString(c, "abcd"); err != nil {
			t.Fatal(err)
		}
		buf, one := make([]byte, 8), make([]byte, 1)
		if n, err := c.Read(buf); string(buf[:n]) != "AB" || err != nil || time.Since(began) != time.Second {
			t.Errorf("%q, %v after %v; want a drop after 1 s", buf[:n], err, time.Since(began))
		}
		if _, err := c.Read(one); one[0] != 'C' || err != nil || time.Since(began) != 2*time.Second {
			t.Errorf("%q, %v after %v; want the next after 2 s", one, err, time.Since(began))
		}
		_ = c.SetReadDeadline(time.Now())
		if n, err := c.Read(one); n != 0 || !isTimeout(err) {
			t.Errorf("after the deadline: %d, %v", n, err)
		}
		if n, err := c.Read(nil); n != 0 || !isTimeout(err) {
			t.Errorf("after the deadline, nothing is read with %d, %v", n, err)
		}
		_ = c.SetReadDeadline(time.Now().Add(time.Second))
		if _, err := c.Read(one); err != nil || one[0] != 'D' {
			t.Errorf("with another deadline: %q, %v", one, err)
		}

		c, _ = served(t, fault.SlowBody(2, time.Second))
		if _, err := io.WriteString(c, "abcd"); err != nil {
			t.Fatal(err)
		}
		_, _ = c.Read(buf)
		_ = c.Close()
		if n, err := c.Read(one); n != 0 || !errors.Is(err, net.ErrClosed) {
			t.Errorf("after Close: %d, %v", n, err)
		}
	})
}

// What stands around the connection and reads and writes at once, as HTTP/2 does, loses nothing.
func TestConnBothWaysAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := net.Pipe()
		c := fault.Conn(t, client, fault.SlowBody(3, time.Millisecond), fault.Latency(time.Millisecond, time.Millisecond))
		sent := bytes.Repeat([]byte("0123456789"), 30)
		write := func(w io.Writer) {
			for i := range sent {
				_, _ = w.Write(sent[i : i+1])
			}
		}
		arrived := make(chan []byte)
		go write(c)
		go func() {
			b := make([]byte, len(sent))
			_, _ = io.ReadFull(server, b)
			arrived <- b
		}()
		go write(server)
		b := make([]byte, len(sent))
		if _, err := io.ReadFull(c, b); err != nil || !bytes.Equal(b, sent) {
			t.Errorf("read %q, %v", b, err)
		}
		if b := <-arrived; !bytes.Equal(b, sent) {
			t.Errorf("the server read %q", b)
		}
	})
}
