package fault_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"
	"time"

	"github.com/resilint/resilint/runtime/fault"
)

// A client that must live with a dependency that is overloaded, and then hangs now and then.
func ExampleTransport() {
	_ = func(t *testing.T) {
		tr := fault.Transport(t, nil,
			fault.Status(503).Header("Retry-After", "1").Times(2),
			fault.Hang().When(fault.Path("/albums")).Probability(0.1))
		client := &http.Client{Transport: tr, Timeout: time.Second}

		// … use the client …
		client.CloseIdleConnections()

		if got := tr.Injected().Status; got != 2 {
			t.Errorf("%d requests were answered with 503, want 2", got)
		}
	}
}

// An answer that is lost: the payment is made, and the caller does not know. Asked again, the
// server must not charge twice.
func ExampleRule_OnAnswer() {
	_ = func(t *testing.T) {
		tr := fault.Transport(t, nil,
			fault.Reset().OnAnswer().When(fault.Method(http.MethodPost), fault.Path("/payments")).Times(1))
		client := &http.Client{Transport: tr, Timeout: time.Second}

		// … pay with the client, and count the charges …
		client.CloseIdleConnections()
	}
}

// A database whose connections break under every tenth statement.
func ExampleNewDialer() {
	_ = func(t *testing.T) {
		d := fault.NewDialer(t, nil, fault.Reset().Every(10))
		conn, err := d.DialContext(context.Background(), "tcp", "127.0.0.1:5432")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
	}
}

// A reader whose deadline has to hold, since nothing arrives.
func ExampleConn() {
	_ = func(t *testing.T) {
		client, _ := net.Pipe()
		conn := fault.Conn(t, client, fault.Hang())
		_, _ = io.WriteString(conn, "PING\r\n")
		_ = conn.SetReadDeadline(time.Now().Add(10 * time.Millisecond))
		if _, err := conn.Read(make([]byte, 1)); err == nil {
			t.Error("an answer, out of nowhere")
		}
	}
}

// An experiment: the steady state, an outage, and whether the system comes back.
func ExampleProxy() {
	catalog := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "an album")
	}))
	defer catalog.Close()

	proxy, err := fault.NewProxy(catalog.Listener.Addr().String())
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = proxy.Close() }()

	// In an experiment this is a process of its own, whose configuration says where the catalog is.
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 10 * time.Second}
	ask := func() {
		resp, err := client.Get("http://" + proxy.Addr() + "/albums/7")
		if err != nil {
			fmt.Println("reset:", errors.Is(err, syscall.ECONNRESET))
			return
		}
		defer func() { _ = resp.Body.Close() }()
		b, _ := io.ReadAll(resp.Body)
		fmt.Println(string(b))
	}

	ask()
	if err := proxy.Set(fault.Reset()); err != nil {
		fmt.Println(err)
	}
	ask()
	proxy.Clear()
	ask()
	fmt.Println("injected:", proxy.Injected())

	// Output:
	// an album
	// reset: true
	// an album
	// injected: 1 reset
}
