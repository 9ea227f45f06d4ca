//go:build go1.25

package fault_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/resilint/resilint/runtime/fault"
	"github.com/resilint/resilint/runtime/internal/pipenet"
)

func within(t *testing.T, d time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

func TestLatency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, r := range []fault.Rule{fault.Latency(3*time.Second, 0), fault.Latency(3*time.Second, 0).OnAnswer()} {
			began := time.Now()
			tr := fault.Transport(t, &dependency{}, r.Times(1))
			got := outcome(get(t, tr, address))
			if took := time.Since(began); got != "." || took != 3*time.Second || tr.Injected().Latency != 1 {
				t.Errorf("%s after %v, injected %v; want an answer after 3 s", got, took, tr.Injected())
			}
			began = time.Now()
			if got := outcome(get(t, tr, address)); got != "." || time.Since(began) != 0 {
				t.Errorf("the next one: %s after %v, want no delay", got, time.Since(began))
			}
		}
	})
}

// The request waits, or with OnAnswer its answer.
func TestLatencyArrival(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, tt := range []struct {
			rule fault.Rule
			want time.Duration
		}{
			{fault.Latency(time.Second, 0), time.Second},
			{fault.Latency(time.Second, 0).OnAnswer(), 0},
		} {
			began := time.Now()
			base := roundTripper(func(r *http.Request) (*http.Response, error) {
				if got := time.Since(began); got != tt.want {
					t.Errorf("the request arrived after %v, want %v", got, tt.want)
				}
				return (&dependency{}).RoundTrip(r)
			})
			if got := outcome(get(t, fault.Transport(t, base, tt.rule), address)); got != "." {
				t.Errorf("outcome %s", got)
			}
		}
	})
}

func TestJitter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		run := func(seed uint64) (waits []time.Duration) {
			tr := fault.Transport(t, &dependency{}, fault.Seed(seed), fault.Latency(time.Second, 500*time.Millisecond))
			for range 200 {
				began := time.Now()
				outcomes(t, tr, 1)
				waits = append(waits, time.Since(began))
			}
			return waits
		}
		waits := run(1)
		if again := run(1); !slices.Equal(waits, again) {
			t.Errorf("the same seed, and other waits:\n%v\n%v", waits, again)
		}
		if other := run(2); slices.Equal(waits, other) {
			t.Errorf("another seed, and the same waits: %v", waits)
		}
		least, most := slices.Min(waits), slices.Max(waits)
		if least < time.Second || least > 1050*time.Millisecond || most > 1500*time.Millisecond || most < 1450*time.Millisecond {
			t.Errorf("200 waits lie between %v and %v, want all of 1 s to 1.5 s", least, most)
		}
	})
}

func TestWaitEndsWithContext(t *testing.T) {
	mine := errors.New("mine")
	rules := []struct {
		rule    fault.Rule
		arrives int // requests
		counts  fault.Counts
	}{
		{fault.Hang(), 0, fault.Counts{Hang: 1}},
		{fault.Hang().OnAnswer(), 1, fault.Counts{Hang: 1}},
		{fault.Latency(time.Hour, 0), 0, fault.Counts{Latency: 1}},
		{fault.Latency(time.Hour, 0).OnAnswer(), 1, fault.Counts{Latency: 1}},
	}
	ends := []struct {
		name string
		ctx  func() (context.Context, context.CancelFunc)
		want error
	}{
		{"deadline", func() (context.Context, context.CancelFunc) {
			return context.WithTimeout(context.Background(), time.Second)
		}, context.DeadlineExceeded},
		{"cause", func() (context.Context, context.CancelFunc) {
			return context.WithTimeoutCause(context.Background(), time.Second, mine)
		}, mine},
		{"cancel", func() (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(context.Background())
			time.AfterFunc(time.Second, cancel)
			return ctx, cancel
		}, context.Canceled},
	}
	for _, tt := range rules {
		for _, end := range ends {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := end.ctx()
				defer cancel()
				d, b := &dependency{}, text("request")
				tr := fault.Transport(t, d, tt.rule)
				began := time.Now()
				resp, err := tr.RoundTrip(request(t, ctx, http.MethodPost, address, b))
				if resp != nil || !errors.Is(err, end.want) || time.Since(began) != time.Second {
					t.Errorf("%v, %s: %v, %v after %v; want %v after 1 s",
						tt.rule, end.name, resp, err, time.Since(began), end.want)
				}
				if b.closed != 1 || d.requests != tt.arrives || tr.Injected() != tt.counts {
					t.Errorf("%v, %s: request body closed %d times, %d requests, injected %v",
						tt.rule, end.name, b.closed, d.requests, tr.Injected())
				}
				if d.last != nil && d.last.closed != 1 {
					t.Errorf("%v, %s: the answer was closed %d times", tt.rule, end.name, d.last.closed)
				}
			})
		}
	}
}

// The Timeout of a client reaches what hangs.
func TestClientTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &http.Client{Transport: fault.Transport(t, &dependency{}, fault.Hang()), Timeout: 2 * time.Second}
		began := time.Now()
		_, err := c.Get(address)
		var e *url.Error
		if !errors.As(err, &e) || !e.Timeout() || time.Since(began) != 2*time.Second {
			t.Errorf("%v after %v, want a timeout after 2 s", err, time.Since(began))
		}
	})
}

// What hangs without any bound does not outlive its test.
func TestHangEndsWithTest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := make(chan error)
		r := new(recorder).run(func(tb testing.TB) {
			tr := fault.Transport(tb, &dependency{}, fault.Hang())
			go func() {
				_, err := get(t, tr, address)
				ended <- err
			}()
			synctest.Wait()
			select {
			case err := <-ended:
				t.Errorf("ended with %v before the test", err)
			default:
			}
		})
		if err := <-ended; err == nil || r.fatal != "" {
			t.Errorf("ended with %v, %s; want an error", err, r.fatal)
		}
	})
}

func TestSlowBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &dependency{}
		tr := fault.Transport(t, d, fault.SlowBody(4, time.Second))
		began := time.Now()
		resp, err := get(t, tr, address)
		if err != nil || time.Since(began) != 0 || tr.Injected().Total() != 0 {
			t.Fatalf("%v after %v, injected %v; want the header at once", err, time.Since(began), tr.Injected())
		}
		buf := make([]byte, 3)
		for _, want := range []struct {
			text  string
			after time.Duration
		}{{"ans", time.Second}, {"w", time.Second}, {"er", 2 * time.Second}} {
			n, err := resp.Body.Read(buf)
			if string(buf[:n]) != want.text || err != nil || time.Since(began) != want.after {
				t.Errorf("read %q, %v after %v; want %v", buf[:n], err, time.Since(began), want)
			}
		}
		if n, err := resp.Body.Read(buf); n != 0 || err != io.EOF {
			t.Errorf("at the end: %d, %v", n, err)
		}
		if tr.Injected() != (fault.Counts{SlowBody: 1}) {
			t.Errorf("injected %v", tr.Injected())
		}
		if err := resp.Body.Close(); err != nil || d.last.closed != 1 {
			t.Errorf("Close: %v, and the body was closed %d times", err, d.last.closed)
		}
	})
}

func TestSlowBodyEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := fault.Transport(t, &dependency{}, fault.SlowBody(1, time.Minute))
		began := time.Now()
		resp, err := tr.RoundTrip(request(t, within(t, 90*time.Second), http.MethodGet, address, nil))
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(resp.Body)
		if string(b) != "a" || !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != 90*time.Second {
			t.Errorf("read %q, %v after %v; want the end of the context", b, err, time.Since(began))
		}
		_ = resp.Body.Close()

		began = time.Now()
		resp, err = get(t, tr, address)
		if err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Second, func() { _ = resp.Body.Close() })
		if n, err := resp.Body.Read(make([]byte, 1)); n != 0 || err == nil || time.Since(began) != time.Second {
			t.Errorf("read %d, %v after %v; want it ended by Close after 1 s", n, err, time.Since(began))
		}
	})
}

func TestSlowAndCutBody(t *testing.T) {
	for _, rules := range [][]fault.Option{
		{fault.SlowBody(2, time.Second), fault.CutBody(5)},
		{fault.CutBody(5), fault.SlowBody(2, time.Second)},
	} {
		synctest.Test(t, func(t *testing.T) {
			tr := fault.Transport(t, &dependency{length: -1}, append(rules, fault.Latency(time.Second, 0))...)
			began := time.Now()
			resp, err := get(t, tr, address)
			if err != nil {
				t.Fatal(err)
			}
			b, err := io.ReadAll(resp.Body)
			if string(b) != answer[:5] || err != io.ErrUnexpectedEOF || time.Since(began) != 4*time.Second {
				t.Errorf("read %q, %v after %v; want 5 bytes after 4 s", b, err, time.Since(began))
			}
			if want := (fault.Counts{Latency: 1, SlowBody: 1, CutBody: 1}); tr.Injected() != want {
				t.Errorf("injected %v, want %v", tr.Injected(), want)
			}
		})
	}
}

// The faults, as a client sees them that talks HTTP to a server.
func TestTransportOverHTTP(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, base := pipenet.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			b, _ := io.ReadAll(r.Body)
			_, _ = w.Write(append(b, answer...))
		}))
		tr := fault.Transport(t, base,
			fault.Hang().Every(2).When(fault.Path("/hang")),
			fault.CutBody(3).When(fault.Path("/cut")),
			fault.Status(429).When(fault.Path("/status")))
		client := &http.Client{Transport: tr, Timeout: time.Second}
		for _, tt := range []struct{ path, want string }{
			{"/", "."}, {"/hang", "."}, {"/hang", "e"}, {"/cut", "c"}, {"/", "."}, {"/hang", "."},
		} {
			if got := outcome(client.Get("http://pipe" + tt.path)); got != tt.want {
				t.Errorf("%s: %s, want %s", tt.path, got, tt.want)
			}
		}
		resp, err := client.Post("http://pipe/status", "text/plain", http.NoBody)
		if err != nil || resp.StatusCode != 429 {
			t.Fatalf("%v, %v; want 429", resp, err)
		}
		_ = resp.Body.Close()
		if want := (fault.Counts{Hang: 1, CutBody: 1, Status: 1}); tr.Injected() != want {
			t.Errorf("injected %v, want %v", tr.Injected(), want)
		}
		client.CloseIdleConnections()
		synctest.Wait()
		if l.Open() != 0 {
			t.Errorf("%d connections are open", l.Open())
		}
	})
}
