package e2e

import (
	"bufio"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// tlsServer returns the address of a server that shakes hands.
func tlsServer(t *testing.T) string {
	t.Helper()
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ErrorLog = nil
	s.TLS = &tls.Config{}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.Listener.Addr().String()
}

// database returns the address of a server that answers a line for each line.
func database(t *testing.T, answer func(line string) string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				for lines := bufio.NewScanner(conn); lines.Scan(); {
					fmt.Fprintln(conn, answer(lines.Text()))
				}
			}()
		}
	}()
	return l.Addr().String()
}

// mirror answers with what it was sent; under /moved it sends its caller elsewhere, and under /broken it fails.
func mirror(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/moved":
		http.Redirect(w, r, "/here", http.StatusTemporaryRedirect)
		return
	case "/broken":
		w.WriteHeader(http.StatusInternalServerError)
	}
	body, _ := io.ReadAll(r.Body)
	r.Header.Del("Referer") // which has the port
	fmt.Fprintf(w, "%s %s %v %q\n", r.Method, r.URL.Path, r.Header, body)
}

var clients = []string{
	"client literal", "client variable", "client new", "client field", "client stored", "client of the package", "request with context", "context at hand",
}

// behaveClients: a server that hangs is given up on. One that answers gets the same requests, with the same headers and
// bodies, is followed where it sends its callers, and its answers and errors are what they were.
func behaveClients(t *testing.T, p programs) {
	healthy := httptest.NewServer(http.HandlerFunc(mirror))
	defer healthy.Close()
	refused := address(t)
	for _, kind := range clients {
		t.Run(kind, func(t *testing.T) {
			for _, url := range []string{healthy.URL + "/here", healthy.URL + "/moved", healthy.URL + "/broken", "http://" + refused} {
				before := start(t, p.before+"/calls", kind, url).result(t)
				assert.NotEmpty(t, before)
				assert.Equal(t, before, start(t, p.after+"/calls", kind, url).result(t), url)
			}
			p.each(t, func(t *testing.T, dir string, fixed bool) { hangs(t, dir, kind, fixed) })
		})
	}
	assert.Contains(t, start(t, p.after+"/calls", "client literal", healthy.URL+"/moved").result(t), "X-Redirected:[once]")
}

func hangs(t *testing.T, dir, kind string, fixed bool) {
	arrived, released, gone := make(chan struct{}, 1), make(chan struct{}), make(chan struct{}, 1)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.ReadAll(r.Body)
		arrived <- struct{}{}
		select {
		case <-released:
			fmt.Fprint(w, "at last")
		case <-r.Context().Done():
			gone <- struct{}{}
		}
	}))
	defer s.Close()
	call := start(t, dir+"/calls", kind, s.URL)
	within(t, arrived, "there is no request")
	if fixed {
		assert.Equal(t, "timeout", call.result(t))
		within(t, gone, "the server is not told")
		return
	}
	call.waits(t)
	close(released)
	assert.Equal(t, "200 OK\nat last", call.result(t))
}

// behaveKeys: all attempts of an order have one key, so that its receiver can tell that they are one. Their number,
// their bodies and the result are what they were.
func behaveKeys(t *testing.T, p programs) {
	for kind, keyed := range map[string]bool{"key of each attempt": true, "no key": false} {
		t.Run(kind, func(t *testing.T) {
			p.each(t, func(t *testing.T, dir string, fixed bool) {
				var mu sync.Mutex
				var orders []string
				keys := map[string]bool{}
				s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					body, _ := io.ReadAll(r.Body)
					mu.Lock()
					defer mu.Unlock()
					orders = append(orders, r.Method+" "+r.URL.Path+" "+string(body))
					keys[r.Header.Get("Idempotency-Key")] = true
					if len(orders) < 3 {
						panic(http.ErrAbortHandler) // the answer is lost
					}
				}))
				defer s.Close()
				assert.Equal(t, "200 OK", start(t, dir+"/calls", kind, s.URL).result(t))
				mu.Lock()
				defer mu.Unlock()
				const order = "POST /orders one guitar"
				assert.Equal(t, []string{order, order, order}, orders)
				switch {
				case fixed:
					assert.Len(t, keys, 1)
					assert.NotContains(t, keys, "")
				case keyed:
					assert.Len(t, keys, 3)
				default:
					assert.Contains(t, keys, "")
				}
			})
		})
	}
}

// serve starts a server, and waits until it can be connected to.
func serve(t *testing.T, program string, args ...string) (p *process, addr string) {
	t.Helper()
	addr = address(t)
	p = start(t, program, append([]string{addr}, args...)...)
	for {
		conn, err := net.Dial("tcp", addr)
		if err == nil {
			conn.Close()
			return p, addr
		}
		select {
		case <-p.ended:
			t.Fatal(p.output.String())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// inFlight returns the response of a request that has begun, and goes on until the program is told to end it.
func inFlight(t *testing.T, addr string) *http.Response {
	t.Helper()
	resp, err := http.Get("http://" + addr + "/slow")
	require.NoError(t, err)
	t.Cleanup(func() { resp.Body.Close() })
	return resp
}

// behaveServers: a signal lets the requests in flight be answered, one that hangs does not hold up the end, and who sends
// headers slowly is not waited for. Others are served, and a port that is taken is an error.
func behaveServers(t *testing.T, p programs) {
	for _, program := range []string{"interrupted", "fatal", "listen"} {
		t.Run(program+"/SIGTERM", func(t *testing.T) {
			p.each(t, func(t *testing.T, dir string, fixed bool) {
				server, addr := serve(t, dir+"/"+program)
				resp := inFlight(t, addr)
				require.NoError(t, server.Process.Signal(syscall.SIGTERM))
				if !fixed {
					server.result(t)
					assert.False(t, server.ProcessState.Success())
					_, err := io.ReadAll(resp.Body)
					assert.Error(t, err, "it was to be cut off")
					return
				}
				if program != "interrupted" { // whose drain is a short one here
					server.waits(t)
				}
				_, err := io.WriteString(server.stdin, "\n")
				require.NoError(t, err)
				body, err := io.ReadAll(resp.Body)
				assert.NoError(t, err)
				assert.Equal(t, "served", string(body))
				output := server.result(t)
				assert.True(t, server.ProcessState.Success(), output)
			})
		})
		t.Run(program+"/port", func(t *testing.T) {
			p.each(t, func(t *testing.T, dir string, fixed bool) {
				l, err := net.Listen("tcp", "127.0.0.1:0")
				require.NoError(t, err)
				defer l.Close()
				server := start(t, dir+"/"+program, l.Addr().String())
				assert.Contains(t, server.result(t), "address already in use")
				assert.Equal(t, 1, server.ProcessState.ExitCode())
			})
		})
		t.Run(program+"/headers", func(t *testing.T) {
			p.each(t, func(t *testing.T, dir string, fixed bool) {
				_, addr := serve(t, dir+"/"+program)
				slowHeaders(t, addr, fixed)
			})
		})
	}
	t.Run("interrupted/drain", func(t *testing.T) {
		p.each(t, func(t *testing.T, dir string, fixed bool) {
			server, addr := serve(t, dir+"/interrupted")
			resp := inFlight(t, addr)
			require.NoError(t, server.Process.Signal(os.Interrupt))
			if !fixed {
				server.waits(t)
				_, err := io.WriteString(server.stdin, "\n")
				require.NoError(t, err)
				body, err := io.ReadAll(resp.Body)
				assert.NoError(t, err)
				assert.Equal(t, "served", string(body))
			}
			assert.Contains(t, server.result(t), "stopped at", "what stands after Shutdown is done")
			assert.True(t, server.ProcessState.Success())
		})
	})
}

func slowHeaders(t *testing.T, addr string, fixed bool) {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	require.NoError(t, err)
	defer conn.Close()
	require.NoError(t, conn.SetDeadline(time.Now().Add(long)))
	_, err = io.WriteString(conn, "GET /nothing HTTP/1.1\r\nHost: shop\r\n")
	require.NoError(t, err)
	if fixed {
		text, err := io.ReadAll(conn)
		assert.NotErrorIs(t, err, os.ErrDeadlineExceeded)
		assert.NotContains(t, string(text), "404")
		return
	}
	time.Sleep(3 * short)
	_, err = io.WriteString(conn, "\r\n")
	require.NoError(t, err)
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err)
	defer resp.Body.Close()
	assert.Equal(t, http.StatusNotFound, resp.StatusCode)
}

// A crowd counts those who are held at the same time.
type crowd struct {
	held     atomic.Int64
	came     chan struct{}
	released chan struct{}
}

func newCrowd() *crowd { return &crowd{came: make(chan struct{}, 1000), released: make(chan struct{})} }

func (c *crowd) hold() {
	c.held.Add(1)
	c.came <- struct{}{}
	<-c.released
}

// behaveLimits: no more than so many connections, or goroutines, are there at the same time. All requests are answered.
func behaveLimits(t *testing.T, p programs) {
	const many = 40
	t.Run("pool", func(t *testing.T) {
		p.each(t, func(t *testing.T, dir string, fixed bool) {
			c := newCrowd()
			db := database(t, func(string) string {
				c.hold()
				return "ok"
			})
			_, addr := serve(t, dir+"/orders", db)
			var wg sync.WaitGroup
			var failed atomic.Int64
			for range many {
				wg.Go(func() {
					if err := ok("http://" + addr + "/orders"); err != nil {
						failed.Add(1)
					}
				})
			}
			c.check(t, map[bool]int{false: many, true: 25}[fixed])
			wg.Wait()
			assert.Zero(t, failed.Load())
		})
	})
	for kind, path := range map[string]string{"group": "/stock", "tokens": "/goods"} {
		t.Run(kind, func(t *testing.T) {
			p.each(t, func(t *testing.T, dir string, fixed bool) {
				c := newCrowd()
				shops := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if r.URL.Path == "/" {
						fmt.Fprint(w, `["`+strings.Repeat(`shop","`, many-1)+`shop"]`)
						return
					}
					c.hold()
				}))
				defer shops.Close()
				_, addr := serve(t, dir+"/orders", "", shops.URL)
				done := make(chan error, 1)
				go func() { done <- ok("http://" + addr + path) }()
				c.check(t, map[bool]int{false: many, true: 8}[fixed])
				assert.NoError(t, <-done)
				assert.EqualValues(t, many, c.held.Load(), "all are asked")
			})
		})
	}
}

// check waits until n are held, checks that there are no more, and releases them.
func (c *crowd) check(t *testing.T, n int) {
	t.Helper()
	for range n {
		within(t, c.came, "fewer came")
	}
	time.Sleep(short)
	assert.EqualValues(t, n, c.held.Load())
	close(c.released)
}

func ok(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return errors.New(resp.Status)
	}
	return nil
}
