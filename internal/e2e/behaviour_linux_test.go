package e2e

import (
	"bytes"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// The programs of testdata/behaviour are built as they are and as the fixes leave them, once for all of this file.
// Timeouts are short there: by the rules' own flags, and the one that has no flag by another number in what was
// fixed. Nothing is measured: what is to wait is held by a server until it is released, three timeouts later or
// when it has gone, and what is to end ends well before long.
const (
	short = 300 * time.Millisecond
	long  = time.Minute
)

// programs holds the directories of the programs.
type programs struct{ before, after string }

func (p programs) each(t *testing.T, test func(t *testing.T, dir string, fixed bool)) {
	t.Helper()
	t.Run("before", func(t *testing.T) { test(t, p.before, false) })
	t.Run("after", func(t *testing.T) { test(t, p.after, true) })
}

// behaviours builds the programs.
func behaviours(t *testing.T) programs {
	t.Helper()
	runtime, err := filepath.Abs("../../runtime")
	require.NoError(t, err)
	var dirs []string
	for _, fixed := range []bool{false, true} {
		dir := t.TempDir()
		require.NoError(t, os.CopyFS(dir, os.DirFS("testdata/behaviour")))
		mod := filepath.Join(dir, "go.mod")
		text, err := os.ReadFile(mod)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(mod, bytes.ReplaceAll(text, []byte("../../../../runtime"), []byte(runtime)), 0o666))
		if fixed {
			fixBehaviours(t, dir)
		}
		_, stderr, status := run(t, dir, "go", "build", "-o", dir+"/bin/", "./...")
		require.Zero(t, status, stderr)
		dirs = append(dirs, dir+"/bin")
	}
	return programs{dirs[0], dirs[1]}
}

// fixBehaviours applies all fixes: those of noshutdown last, which would make the same statements other ones.
func fixBehaviours(t *testing.T, dir string) {
	t.Helper()
	args := []string{"-fix", "-unsafe-fixes", "-notimeout.timeout=300ms", "-notimeout.dial-timeout=300ms", "-notimeout.header-timeout=300ms", "./..."}
	_, stderr, status := run(t, dir, tool, append([]string{"-noshutdown=false"}, args...)...)
	require.NotEqual(t, 2, status, stderr)
	_, stderr, status = run(t, dir, tool, append([]string{"-noshutdown"}, args...)...)
	require.Zero(t, status, stderr)
	file := filepath.Join(dir, "interrupted/main.go")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Contains(t, string(text), "10*time.Second")
	require.NoError(t, os.WriteFile(file, bytes.ReplaceAll(text, []byte("10*time.Second"), []byte("300*time.Millisecond")), 0o666))
	stdout, _, _ := run(t, dir, tool, "-nohealth=false", "-nobreaker=false", "./...")
	require.Empty(t, stdout, "left after all fixes")
}

// A process is a program that runs.
type process struct {
	*exec.Cmd
	stdin  io.Writer
	output bytes.Buffer
	ended  chan struct{}
}

func start(t *testing.T, program string, args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(program, args...), ended: make(chan struct{})}
	p.Stdout, p.Stderr = &p.output, &p.output
	var err error
	p.stdin, err = p.StdinPipe()
	require.NoError(t, err)
	require.NoError(t, p.Start())
	go func() {
		_ = p.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		_ = p.Process.Kill()
		<-p.ended
	})
	return p
}

// result waits for the end of a process, and returns what it has printed.
func (p *process) result(t *testing.T) string {
	t.Helper()
	within(t, p.ended, "the process does not end")
	return p.output.String()
}

// waits checks that a process goes on for longer than any timeout that it could have.
func (p *process) waits(t *testing.T) {
	t.Helper()
	select {
	case <-p.ended:
		t.Fatalf("it was to wait: %s", p.output.String())
	case <-time.After(3 * short):
	}
}

func within[T any](t *testing.T, c <-chan T, otherwise string) {
	t.Helper()
	select {
	case <-c:
	case <-time.After(long):
		t.Fatal(otherwise)
	}
}

// address returns one that nobody listens on.
func address(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	return l.Addr().String()
}

// TestBehaviour shows for each kind of fix what is different after it, and what is not.
func TestBehaviour(t *testing.T) {
	p := behaviours(t)
	t.Run("clients", func(t *testing.T) { behaveClients(t, p) })
	t.Run("dials", func(t *testing.T) { behaveDials(t, p) })
	t.Run("queries", func(t *testing.T) { behaveQueries(t, p) })
	t.Run("keys", func(t *testing.T) { behaveKeys(t, p) })
	t.Run("servers", func(t *testing.T) { behaveServers(t, p) })
	t.Run("limits", func(t *testing.T) { behaveLimits(t, p) })
}

// behaveDials: a peer that does not answer, or does not shake hands, is given up on. One that does is connected to,
// and a refusal is one.
func behaveDials(t *testing.T, p programs) {
	refused := address(t)
	for _, kind := range []string{"dial", "dial TLS"} {
		t.Run(kind, func(t *testing.T) {
			p.each(t, func(t *testing.T, dir string, fixed bool) {
				healthy := tlsServer(t)
				assert.Equal(t, "tcp", start(t, dir+"/calls", kind, healthy).result(t))
				assert.Contains(t, start(t, dir+"/calls", kind, refused).result(t), "error: dial tcp "+refused+": connect: connection refused")
			})
		})
	}
	t.Run("dial TLS/hangs", func(t *testing.T) {
		p.each(t, func(t *testing.T, dir string, fixed bool) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			require.NoError(t, err)
			defer l.Close()
			call := start(t, dir+"/calls", "dial TLS", l.Addr().String())
			conn, err := l.Accept()
			require.NoError(t, err)
			if !fixed {
				call.waits(t)
				conn.Close()
				assert.Contains(t, call.result(t), "error: ")
				return
			}
			defer conn.Close()
			assert.Equal(t, "timeout", call.result(t))
		})
	})
	t.Run("dial/hangs", func(t *testing.T) {
		p.each(t, func(t *testing.T, dir string, fixed bool) {
			addr, accept := full(t)
			call := start(t, dir+"/calls", "dial", addr)
			if !fixed {
				call.waits(t)
				accept()
				assert.Equal(t, "tcp", call.result(t))
				return
			}
			assert.Equal(t, "timeout", call.result(t))
		})
	})
}

// full returns the address of a listener whose queue is full: who connects gets no answer until accept is called.
func full(t *testing.T) (addr string, accept func()) {
	t.Helper()
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	require.NoError(t, err)
	t.Cleanup(func() { syscall.Close(fd) })
	require.NoError(t, syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}))
	require.NoError(t, syscall.Listen(fd, 0))
	name, err := syscall.Getsockname(fd)
	require.NoError(t, err)
	addr = (&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: name.(*syscall.SockaddrInet4).Port}).String()
	for range 10 {
		// Asked of the system: that a connection has not come about in some time is also what a busy machine looks like.
		info, err := unix.GetsockoptTCPInfo(fd, unix.IPPROTO_TCP, unix.TCP_INFO)
		require.NoError(t, err)
		if queued, room := info.Unacked, info.Sacked; queued > room { // what they say of a listener
			return addr, func() {
				go func() {
					for {
						if _, _, err := syscall.Accept(fd); err != nil {
							return
						}
					}
				}()
			}
		}
		if conn, err := net.DialTimeout("tcp", addr, short); err == nil {
			t.Cleanup(func() { conn.Close() })
		}
	}
	t.Skip("this system's queues have no end")
	return "", nil
}

// behaveQueries: a database that hangs is given up on. One that answers is asked what it was, and its errors are what
// they were.
func behaveQueries(t *testing.T, p programs) {
	asked := map[string]string{
		"query": "UPDATE stock", "query without context": "PING", "query in a loop": "TRUNCATE stock\nTRUNCATE orders",
		"query with the context at hand": "UPDATE stock",
	}
	for kind, statements := range asked {
		t.Run(kind, func(t *testing.T) {
			p.each(t, func(t *testing.T, dir string, fixed bool) {
				var mu sync.Mutex
				var lines []string
				addr := database(t, func(line string) string {
					mu.Lock()
					defer mu.Unlock()
					lines = append(lines, line)
					return "ok"
				})
				assert.Equal(t, "done", start(t, dir+"/calls", kind, addr).result(t))
				mu.Lock()
				assert.Equal(t, statements, strings.Join(lines, "\n"))
				mu.Unlock()
				addr = database(t, func(string) string { return "no such table" })
				assert.Equal(t, "error: pq: no such table", start(t, dir+"/calls", kind, addr).result(t))

				arrived, released := make(chan struct{}, 1), make(chan struct{})
				addr = database(t, func(string) string {
					select {
					case arrived <- struct{}{}:
					default:
					}
					<-released
					return "ok"
				})
				call := start(t, dir+"/calls", kind, addr)
				within(t, arrived, "it does not ask")
				if fixed {
					assert.Equal(t, "timeout", call.result(t))
					close(released)
					return
				}
				call.waits(t)
				close(released)
				assert.Equal(t, "done", call.result(t))
			})
		})
	}
}
