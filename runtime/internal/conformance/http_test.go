//go:build go1.25

package conformance

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/resilint/resilint/runtime/bulkhead"
	"github.com/resilint/resilint/runtime/httpclient"
	"github.com/resilint/resilint/runtime/internal/pipenet"
	"github.com/resilint/resilint/runtime/resilience"
	"github.com/resilint/resilint/runtime/retry"
)

var httpRows = []row{
	{12, "retries with MaxConnsPerHost 1", bubble(oneConnection)},
	{13, "connections are used again", bubble(keepAlive)},
	{14, "POST without a key is sent once", bubble(postWithoutKey)},
	{15, "POST with a key: same key, same body", bubble(postWithKey)},
	{16, "a body that cannot be had again is streamed, once", bubble(streamedBody)},
	{17, "the caller's request is left alone, its body closed once", bubble(requestLeftAlone)},
	{18, "after the last attempt its response is readable", bubble(lastResponse)},
	{19, "Retry-After in both forms, nonsense ignored", bubble(retryAfter)},
	{20, "a Retry-After that is too long is not waited for", bubble(retryAfterTooLong)},
	{21, "a slow body is within the attempt timeout", bubble(slowBody)},
	{22, "the body is readable after RoundTrip", bubble(bodyAfterRoundTrip)},
	{23, "redirect loop, bad scheme, TLS error: not retried", bubble(notRetried)},
	{46, "the slot is held until Close, and freed when the context ends", bubble(slotUntilClose)},
}

// service is a server that answers the n-th request with the n-th answer, and then with the last.
type service struct {
	*pipenet.Listener
	base    *http.Transport
	answers []http.HandlerFunc

	mu   sync.Mutex
	seen []seen
}

// seen is a request as the server got it.
type seen struct {
	at                time.Duration
	method, key, body string
	length            int64
}

func newService(t *testing.T, answers ...http.HandlerFunc) *service {
	s := &service{answers: answers}
	s.Listener, s.base = pipenet.Serve(t, s)
	return s
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	n := len(s.seen)
	s.seen = append(s.seen, seen{time.Since(epoch), r.Method, r.Header.Get("Idempotency-Key"), string(body), r.ContentLength})
	answer := s.answers[min(n, len(s.answers)-1)]
	s.mu.Unlock()
	answer(w, r)
}

func (s *service) requests() []seen {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seen)
}

func (s *service) client(opts ...httpclient.Option) *http.Client {
	return httpclient.New("catalog", append([]httpclient.Option{httpclient.WithTransport(s.base)}, opts...)...)
}

// status answers with a status, headers (name and value in turn) and a small body.
func status(code int, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
		fmt.Fprintf(w, "answer %d", code)
	}
}

// drop closes the connection instead of answering.
func drop(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// stall answers with headers and half of a body, and then nothing.
func stall(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Length", "10")
	_, _ = io.WriteString(w, "01234")
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

// refused is what a dial to a port that nobody listens on returns.
var refused error = &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}

const url = "http://catalog.internal/albums"

func request(t *testing.T, method string, body io.Reader, headers ...string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	return req
}

// do sends a request and returns the status and body of the response.
func do(t *testing.T, c *http.Client, req *http.Request) (int, string, error) {
	t.Helper()
	resp, err := c.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body), err
}

// answered checks that a request got this status, after that many attempts.
func answered(t *testing.T, s *service, c *http.Client, req *http.Request, code, attempts int) {
	t.Helper()
	before := len(s.requests())
	got, body, err := do(t, c, req)
	if err != nil || got != code || body != fmt.Sprint("answer ", code) {
		t.Errorf("%s: status %d, body %q, error %v; want %d", req.Method, got, body, err, code)
	}
	if n := len(s.requests()) - before; n != attempts {
		t.Errorf("%s: sent %d times, want %d", req.Method, n, attempts)
	}
}

func oneConnection(t *testing.T) {
	s := newService(t, status(503), status(503), status(200))
	s.base.MaxConnsPerHost = 1
	answered(t, s, s.client(), request(t, "GET", nil), 200, 3)
	if n := s.Dialed(); n != 1 {
		t.Errorf("%d connections", n)
	}
}

func keepAlive(t *testing.T) {
	s := newService(t, status(503), status(429), status(200))
	c := s.client()
	for range 5 {
		_, _, _ = do(t, c, request(t, "GET", nil))
	}
	if n := s.Dialed(); n != 1 {
		t.Errorf("%d connections for %d requests, want 1", n, len(s.requests()))
	}
}

func postWithoutKey(t *testing.T) {
	s := newService(t, status(503), status(200))
	answered(t, s, s.client(), request(t, "POST", strings.NewReader("order")), 503, 1)
	for _, method := range []string{"POST", "PATCH"} {
		s = newService(t, drop, status(200))
		if _, _, err := do(t, s.client(), request(t, method, strings.NewReader("order"))); err == nil {
			t.Errorf("%s: a lost response became a success", method)
		}
		if n := len(s.requests()); n != 1 {
			t.Errorf("%s: sent %d times", method, n)
		}
	}
	// A request that cannot have arrived may be sent by any method.
	s = newService(t, status(200))
	dials := 0
	dial := s.base.DialContext
	s.base.DialContext = func(ctx context.Context, network, addr string) (c net.Conn, err error) {
		if dials++; dials == 1 {
			return nil, refused
		}
		return dial(ctx, network, addr)
	}
	answered(t, s, s.client(), request(t, "POST", strings.NewReader("order")), 200, 1)
	if dials != 2 {
		t.Errorf("%d dials, want 2", dials)
	}
}

func postWithKey(t *testing.T) {
	s := newService(t, status(503), drop, status(201))
	answered(t, s, s.client(), request(t, "POST", strings.NewReader("order"), "Idempotency-Key", "k1"), 201, 3)
	for i, r := range s.requests() {
		if r.key != "k1" || r.body != "order" || r.length != 5 {
			t.Errorf("attempt %d: key %q, body %q, length %d", i+1, r.key, r.body, r.length)
		}
	}
}

// feed is a body that counts how far it has been read, and cannot be had again.
type feed struct {
	io.Reader
	closed int
}

func (f *feed) Close() error { f.closed++; return nil }

func streamedBody(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{"503": status(503), "lost": drop} {
		s := newService(t, answer, status(200))
		body := &feed{Reader: strings.NewReader(strings.Repeat("x", 100_000))}
		code, _, err := do(t, s.client(), request(t, "PUT", body))
		if (name == "503") != (code == 503 && err == nil) {
			t.Errorf("%s: status %d, error %v", name, code, err)
		}
		r := s.requests()
		if len(r) != 1 || len(r[0].body) != 100_000 || r[0].length != -1 {
			t.Errorf("%s: sent %d times, length %d: want once, in chunks", name, len(r), r[0].length)
		}
	}
}

func requestLeftAlone(t *testing.T) {
	for name, answers := range map[string][]http.HandlerFunc{
		"answered": {status(200)}, "retried": {status(503), status(200)}, "lost": {drop, drop, drop},
	} {
		s := newService(t, answers...)
		body := &feed{Reader: strings.NewReader("order")}
		req := request(t, "PUT", body, "X-Mine", "1")
		req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("order")), nil }
		before := *req
		header := req.Header.Clone()
		_, _, _ = do(t, &http.Client{Transport: s.client().Transport}, req)
		if req.Body != before.Body || req.Context() != before.Context() || fmt.Sprint(req.Header) != fmt.Sprint(header) {
			t.Errorf("%s: the request was changed", name)
		}
		synctest.Wait()
		if body.closed != 1 {
			t.Errorf("%s: its body was closed %d times", name, body.closed)
		}
	}
	// Neither sent nor answered: closed all the same.
	s := newService(t, status(200))
	full := bulkhead.New("", bulkhead.Config{Max: 1})
	slot, _ := full.Acquire(t.Context())
	defer slot.Release()
	body := &feed{Reader: strings.NewReader("order")}
	_, err := s.client(httpclient.WithBulkhead(full)).Transport.RoundTrip(request(t, "PUT", body))
	if !errors.Is(err, resilience.ErrFull) || body.closed != 1 {
		t.Errorf("rejected: %v, body closed %d times", err, body.closed)
	}
}

func lastResponse(t *testing.T) {
	s := newService(t, status(502), status(504), status(503))
	answered(t, s, s.client(), request(t, "GET", nil), 503, 3)
	s = newService(t, status(500))
	answered(t, s, s.client(), request(t, "GET", nil), 500, 1)
	answered(t, s, s.client(httpclient.WithRetry500()), request(t, "GET", nil), 500, 3)
	s = newService(t, status(404))
	answered(t, s, s.client(), request(t, "GET", nil), 404, 1)
}

func retryAfter(t *testing.T) {
	wait := func(header string) time.Duration {
		s := newService(t, status(503, "Retry-After", header), status(200))
		answered(t, s, s.client(), request(t, "GET", nil), 200, 2)
		r := s.requests()
		return r[1].at - r[0].at
	}
	if got := wait("2"); got != 2*time.Second {
		t.Errorf("2 seconds: waited %v", got)
	}
	date := time.Now().Add(3 * time.Second).UTC().Format(http.TimeFormat)
	if got := wait(date); got != 3*time.Second {
		t.Errorf("a date in 3 seconds: waited %v", got)
	}
	for _, header := range []string{"-5", "soon", "1.5", "", "Thu, 01 Jan 1970 00:00:00 GMT"} {
		if got := wait(header); got > retry.DefaultBase {
			t.Errorf("%q: waited %v, want an ordinary wait", header, got)
		}
	}
}

func retryAfterTooLong(t *testing.T) {
	for _, header := range []string{"3600", "9223372036854775807", "99999999999999999999"} {
		s := newService(t, status(503, "Retry-After", header))
		start := time.Now()
		answered(t, s, s.client(), request(t, "GET", nil), 503, 1)
		if d := time.Since(start); d != 0 {
			t.Errorf("%s: returned after %v", header, d)
		}
	}
	s := newService(t, status(503, "Retry-After", "5"))
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
	defer cancel()
	start := time.Now()
	answered(t, s, s.client(), request(t, "GET", nil).WithContext(ctx), 503, 1)
	if d := time.Since(start); d != 0 {
		t.Errorf("5 s with 4 s left: returned after %v", d)
	}
}

func slowBody(t *testing.T) {
	s := newService(t, stall)
	var told []resilience.Event
	c := s.client(httpclient.WithObserver(resilience.ObserverFunc(func(_ context.Context, e resilience.Event) {
		if e.Kind == resilience.KindTimeout {
			told = append(told, e)
		}
	})))
	start := time.Now()
	_, body, err := do(t, c, request(t, "GET", nil))
	var timeout *resilience.TimeoutError
	if !errors.As(err, &timeout) || !errors.Is(err, context.DeadlineExceeded) || body != "01234" {
		t.Errorf("read %q, error %v", body, err)
	}
	if d := time.Since(start); d != httpclient.DefaultAttempt {
		t.Errorf("the body's end was waited for for %v", d)
	}
	if len(told) != 1 || told[0].BytesRead != 5 || told[0].Limit != httpclient.DefaultAttempt || told[0].DeadlineLeft != 7*time.Second {
		t.Errorf("the observer was told %+v", told)
	}
	// A stream is bounded until its headers.
	s = newService(t, stall)
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	start = time.Now()
	_, _, err = do(t, s.client(httpclient.WithStreaming()), request(t, "GET", nil).WithContext(ctx))
	if d := time.Since(start); d != time.Hour || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("stream: ended after %v, error %v", d, err)
	}
}

func bodyAfterRoundTrip(t *testing.T) {
	big := bytes.Repeat([]byte("album "), 100_000)
	s := newService(t, status(503), func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(big) })
	resp, err := s.client().Do(request(t, "GET", nil))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	time.Sleep(time.Second)
	got, err := io.ReadAll(resp.Body)
	if err != nil || !bytes.Equal(got, big) {
		t.Errorf("%d bytes of %d, error %v", len(got), len(big), err)
	}
}

func notRetried(t *testing.T) {
	s := newService(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/albums", http.StatusFound) })
	if _, _, err := do(t, s.client(), request(t, "GET", nil)); err == nil || len(s.requests()) != 10 {
		t.Errorf("redirect loop: %d requests, error %v; want net/http's 10", len(s.requests()), err)
	}
	for name, fail := range map[string]error{
		"scheme": nil,
		"TLS":    &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}},
		"record": tls.RecordHeaderError{Msg: "not TLS"},
	} {
		dials := 0
		base := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) { dials++; return nil, fail }}
		c := httpclient.New("catalog", httpclient.WithTransport(base))
		req := request(t, "GET", nil)
		if fail == nil {
			req.URL.Scheme = "gopher"
		}
		start := time.Now()
		_, _, err := do(t, c, req)
		if err == nil || dials > 1 || time.Since(start) != 0 {
			t.Errorf("%s: %d dials in %v, error %v", name, dials, time.Since(start), err)
		}
	}
}

func slotUntilClose(t *testing.T) {
	hello := func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(bytes.Repeat([]byte("x"), 10_000)) }
	s := newService(t, hello)
	b := bulkhead.New("catalog", bulkhead.Config{Max: 1})
	c := s.client(httpclient.WithBulkhead(b), httpclient.WithAttempt(time.Hour), httpclient.WithOverall(time.Hour))
	resp, err := c.Do(request(t, "GET", nil))
	if err != nil || b.InFlight() != 1 {
		t.Fatalf("with an open body %d slots are held, error %v", b.InFlight(), err)
	}
	if _, err := c.Do(request(t, "GET", nil)); !errors.Is(err, resilience.ErrFull) {
		t.Errorf("a second request: %v", err)
	}
	resp.Body.Close()
	if b.InFlight() != 0 {
		t.Error("the slot is held after Close")
	}
	resp, err = c.Do(request(t, "GET", nil))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	if b.InFlight() != 0 {
		t.Error("the slot is held after the end of the body")
	}
	resp.Body.Close()

	// Nobody closes the body, but the caller's context ends; or the attempt's time is over.
	ctx, cancel := context.WithCancel(t.Context())
	forgotten, err := c.Do(request(t, "GET", nil).WithContext(ctx))
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	synctest.Wait()
	if b.InFlight() != 0 {
		t.Error("the slot is held after the context has ended")
	}
	forgotten.Body.Close()
	forgotten, err = c.Do(request(t, "GET", nil))
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Hour)
	synctest.Wait()
	if b.InFlight() != 0 {
		t.Error("the slot is held after the timeout")
	}
	forgotten.Body.Close()
}
