package serve

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

var quiet = slog.New(slog.DiscardHandler)

func TestServerHasLimits(t *testing.T) {
	h := http.NewServeMux()
	srv := Server(":1234", h)
	if srv.Addr != ":1234" || srv.Handler != http.Handler(h) {
		t.Errorf("the server is for %q and %v", srv.Addr, srv.Handler)
	}
	for _, limit := range []struct {
		name      string
		got, want time.Duration
	}{
		{"ReadHeaderTimeout", srv.ReadHeaderTimeout, 5 * time.Second},
		{"ReadTimeout", srv.ReadTimeout, 30 * time.Second},
		{"WriteTimeout", srv.WriteTimeout, 60 * time.Second},
		{"IdleTimeout", srv.IdleTimeout, 120 * time.Second},
	} {
		if limit.got != limit.want {
			t.Errorf("%s is %v, want %v", limit.name, limit.got, limit.want)
		}
	}
	if srv.MaxHeaderBytes != http.DefaultMaxHeaderBytes {
		t.Errorf("MaxHeaderBytes is %d", srv.MaxHeaderBytes)
	}
}

// What Kubernetes gives a process to end is 30 s unless told otherwise.
func TestDefaultsFitIntoTheGracePeriod(t *testing.T) {
	if d := DefaultDrainDelay + DefaultShutdownTimeout + hooksAtLeast; d > 28*time.Second {
		t.Errorf("a shutdown may take %v", d)
	}
}

// loopback listens at a port of its own.
func loopback(context.Context, *http.Server) (net.Listener, error) {
	return net.Listen("tcp", "127.0.0.1:0")
}

// taken returns an address on which somebody listens already.
func taken(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l.Addr().String()
}

func TestOneThatCannotListenStopsTheOthers(t *testing.T) {
	var (
		first  net.Listener
		called []string
	)
	api, metrics := Server("127.0.0.1:0", nil), Server(taken(t), nil)
	api.RegisterOnShutdown(func() { t.Error("a server that never served was shut down") })
	o := Options{
		Logger: quiet,
		Listen: func(ctx context.Context, srv *http.Server) (net.Listener, error) {
			l, err := listenTCP(ctx, srv)
			if srv == api {
				first = l
			}
			return l, err
		},
		Workers: []func(context.Context) error{func(context.Context) error {
			t.Error("a worker was started")
			return nil
		}},
		OnShutdown: []func(context.Context) error{func(ctx context.Context) error {
			called = append(called, "hook")
			return ctx.Err()
		}},
	}
	err := All(t.Context(), o, api, metrics)
	var op *net.OpError
	if !errors.As(err, &op) || op.Op != "listen" || !strings.Contains(err.Error(), "server "+metrics.Addr+": ") {
		t.Errorf("the error is %v", err)
	}
	if len(called) != 1 {
		t.Errorf("hooks called: %q", called)
	}
	if _, err := first.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("the other server's listener is not closed: %v", err)
	}
}

func TestListenFailureOfOne(t *testing.T) {
	addr := taken(t)
	err := Run(t.Context(), Server(addr, nil), Options{Logger: quiet})
	if err == nil || !strings.HasPrefix(err.Error(), "server "+addr+": listen tcp ") {
		t.Errorf("the error is %v", err)
	}
}

func TestContextThatEndedBefore(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	called := 0
	err := Run(ctx, Server("127.0.0.1:0", nil), Options{
		Logger: quiet,
		Listen: func(context.Context, *http.Server) (net.Listener, error) {
			t.Error("listens")
			return nil, net.ErrClosed
		},
		OnShutdown: []func(context.Context) error{func(ctx context.Context) error {
			called++
			return ctx.Err() // the hooks have their time nevertheless
		}},
	})
	if err != nil || called != 1 {
		t.Errorf("the error is %v, the hook was called %d times", err, called)
	}
}

// The port is that of httptest's certificate, which the client trusts.
func TestTLS(t *testing.T) {
	known := httptest.NewTLSServer(nil)
	defer known.Close()
	srv := Server("", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.Proto)
	}))
	srv.TLSConfig = &tls.Config{Certificates: known.TLS.Certificates}
	addr := make(chan string, 1)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := make(chan error, 1)
	go func() {
		done <- Run(ctx, srv, Options{
			Logger: quiet, DrainDelay: -1,
			Listen: func(ctx context.Context, srv *http.Server) (net.Listener, error) {
				l, err := loopback(ctx, srv)
				addr <- l.Addr().String()
				return l, err
			},
		})
	}()
	client := known.Client()
	client.Transport.(*http.Transport).ForceAttemptHTTP2 = true
	resp, err := client.Get("https://" + <-addr)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if string(body) != "HTTP/2.0" {
		t.Errorf("served with %q", body)
	}
	client.CloseIdleConnections() // else the server gives it a second, after its GOAWAY
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestBadTLSConfigIsAnErrorAndClosesTheListener(t *testing.T) {
	srv := Server("127.0.0.1:0", nil)
	srv.TLSConfig = &tls.Config{
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return nil, nil },
		CipherSuites:   []uint16{tls.TLS_RSA_WITH_AES_128_CBC_SHA}, // not HTTP/2's
		MaxVersion:     tls.VersionTLS12,
	}
	var l net.Listener
	err := Run(t.Context(), srv, Options{
		Logger: quiet,
		Listen: func(ctx context.Context, srv *http.Server) (_ net.Listener, err error) {
			l, err = loopback(ctx, srv)
			return l, err
		},
	})
	if err == nil || !strings.Contains(err.Error(), "server 127.0.0.1:0: ") {
		t.Fatalf("the error is %v", err)
	}
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("the listener is not closed: %v", err)
	}
}

func TestExplained(t *testing.T) {
	forced, force := context.WithCancelCause(t.Context())
	force(ErrForced)
	other := errors.New("other")
	if err := explained(forced, context.Canceled); !errors.Is(err, ErrForced) || !errors.Is(err, context.Canceled) {
		t.Errorf("a canceled one is %v", err)
	}
	if err := explained(forced, other); err != other {
		t.Errorf("another one is %v", err)
	}
	if err := explained(t.Context(), context.Canceled); err != context.Canceled {
		t.Errorf("one without an end of the context is %v", err)
	}
	if err := explained(forced, nil); err != nil {
		t.Errorf("none is %v", err)
	}
}
