package compare

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/resilint/resilint/runtime/internal/pipenet"
)

var httpRows = []row{
	{11, "dropped responses are closed, before the wait", hasHTTP, droppedAreClosed},
	{12, "retries with MaxConnsPerHost 1", hasHTTP, oneConnection},
	{13, "connections are used again", hasHTTP, keepAlive},
	{14, "POST without a key is sent once", hasHTTP, postWithoutKey},
	{15, "POST with a key: same key, same body", hasHTTP, postWithKey},
	{16, "a body that cannot be had again is streamed, once", hasHTTP, streamedBody},
	{17, "the caller's request is left alone, its body closed once", hasHTTP, requestLeftAlone},
	{18, "after the last attempt its response is readable", hasHTTP, lastResponse},
	{19, "Retry-After in both forms, nonsense ignored", hasHTTP, retryAfter},
	{20, "a Retry-After that is too long is not waited for", hasHTTP, retryAfterTooLong},
	{21, "a slow body is within the attempt timeout", hasHTTP, slowBody},
	{22, "the body is readable after RoundTrip", hasHTTP, bodyAfterRoundTrip},
	{23, "redirect loop, bad scheme, TLS error: not retried", hasHTTP, notRetried},
	{46, "the slot is held until Close, and freed when the context ends", hasSlots, slotUntilClose},
}

func hasHTTP(l *library) bool  { return l.http != nil }
func hasSlots(l *library) bool { return l.http != nil && l.slots }

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
	at        time.Time
	key, body string
	length    int64
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
	s.seen = append(s.seen, seen{time.Now(), r.Header.Get("Idempotency-Key"), string(body), r.ContentLength})
	answer := s.answers[min(n, len(s.answers)-1)]
	s.mu.Unlock()
	answer(w, r)
}

func (s *service) requests() []seen {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seen)
}

// thrice is a client with an ordinary policy.
var thrice = httpConfig{retryConfig: retryConfig{attempts: 3, base: time.Second, cap: 30 * time.Second}}

func (s *service) client(l *library, c httpConfig) *http.Client {
	return &http.Client{Transport: l.http(s.base, c)}
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

const url = "http://catalog.internal/albums"

// request returns a request that ends after ten minutes, or with the test.
func request(t *testing.T, method string, body io.Reader, headers ...string) *http.Request {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	return req
}

// get sends a request and expects an answer with that status.
func get(c *http.Client, req *http.Request, want int) error {
	start := time.Now()
	resp, err := c.Do(req)
	if err != nil {
		return fmt.Errorf("no response after %v: %w", time.Since(start), err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != want || string(body) != fmt.Sprint("answer ", want) {
		return fmt.Errorf("status %d instead of %d, body %q, error %v", resp.StatusCode, want, body, err)
	}
	return nil
}

// tripper is a transport without a network.
type tripper func(*http.Request) (*http.Response, error)

func (f tripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// tracked is a body that remembers when it was closed.
type tracked struct {
	io.Reader
	closed *[]time.Time
}

func (b tracked) Close() error { *b.closed = append(*b.closed, time.Now()); return nil }

func droppedAreClosed(t *testing.T, l *library) error {
	var answered, closed []time.Time
	base := tripper(func(req *http.Request) (*http.Response, error) {
		answered = append(answered, time.Now())
		return &http.Response{StatusCode: 503, Body: tracked{strings.NewReader("busy"), &closed}, Request: req}, nil
	})
	resp, err := l.http(base, thrice).RoundTrip(request(t, "GET", nil))
	if err == nil {
		resp.Body.Close()
	}
	if len(answered) != 3 || !slices.Equal(closed, answered) {
		return fmt.Errorf("%d responses, %d were closed", len(answered), len(closed))
	}
	return nil
}

func oneConnection(t *testing.T, l *library) error {
	s := newService(t, status(503), status(503), status(200))
	s.base.MaxConnsPerHost = 1
	return get(s.client(l, thrice), request(t, "GET", nil), 200)
}

func keepAlive(t *testing.T, l *library) error {
	s := newService(t, status(503), status(429), status(200))
	c := s.client(l, thrice)
	for range 5 {
		if err := get(c, request(t, "GET", nil), 200); err != nil {
			return err
		}
	}
	if n := s.Dialed(); n != 1 {
		return fmt.Errorf("%d connections for %d requests, one after the other", n, len(s.requests()))
	}
	return nil
}

func postWithoutKey(t *testing.T, l *library) error {
	for i, answer := range []http.HandlerFunc{status(503), drop} {
		s := newService(t, answer, status(200))
		_ = get(s.client(l, thrice), request(t, "POST", strings.NewReader("order")), 200)
		if n := len(s.requests()); n != 1 {
			return fmt.Errorf("%s: sent %d times", [...]string{"after 503", "after a lost response"}[i], n)
		}
	}
	return nil
}

func postWithKey(t *testing.T, l *library) error {
	s := newService(t, status(503), drop, status(201))
	err := get(s.client(l, thrice), request(t, "POST", strings.NewReader("order"), "Idempotency-Key", "k1"), 201)
	for i, r := range s.requests() {
		if r.key != "k1" || r.body != "order" || r.length != 5 {
			return fmt.Errorf("attempt %d: key %q, body %q, length %d", i+1, r.key, r.body, r.length)
		}
	}
	return err
}

func streamedBody(t *testing.T, l *library) error {
	s := newService(t, status(503), status(200))
	var closed []time.Time
	body := tracked{strings.NewReader(strings.Repeat("x", 100_000)), &closed}
	_ = get(s.client(l, thrice), request(t, "PUT", body), 503)
	r := s.requests()
	if len(r) != 1 || len(r[0].body) != 100_000 || r[0].length != -1 {
		return fmt.Errorf("sent %d times", len(r))
	}
	return nil
}

func requestLeftAlone(t *testing.T, l *library) error {
	for _, answers := range [][]http.HandlerFunc{{status(200)}, {status(503), status(200)}} {
		s := newService(t, answers...)
		var closed []time.Time
		req := request(t, "PUT", &tracked{strings.NewReader("order"), &closed}, "X-Mine", "1")
		req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("order")), nil }
		req = req.WithContext(context.Background()) // nothing in it to be replaced
		body, header := req.Body, fmt.Sprint(req.Header)
		resp, err := l.http(s.base, thrice).RoundTrip(req)
		if err != nil {
			return err
		}
		resp.Body.Close()
		synctest.Wait()
		if req.Body != body || fmt.Sprint(req.Header) != header || len(closed) != 1 {
			return fmt.Errorf("in %d attempts: its Body replaced: %v, its Header changed: %v, closed %d times",
				len(answers), req.Body != body, fmt.Sprint(req.Header) != header, len(closed))
		}
	}
	return nil
}

func lastResponse(t *testing.T, l *library) error {
	s := newService(t, status(502), status(504), status(503))
	if err := get(s.client(l, thrice), request(t, "GET", nil), 503); err != nil {
		return err
	}
	if n := len(s.requests()); n != 3 {
		return fmt.Errorf("sent %d times", n)
	}
	return nil
}

func retryAfter(t *testing.T, l *library) error {
	wait := func(header string) (time.Duration, error) {
		s := newService(t, status(503, "Retry-After", header), status(200))
		if err := get(s.client(l, thrice), request(t, "GET", nil), 200); err != nil {
			return 0, err
		}
		r := s.requests()
		return r[1].at.Sub(r[0].at), nil
	}
	if d, err := wait("2"); err != nil || d != 2*time.Second {
		return fmt.Errorf("2 seconds: waited %v, error %v", d, err)
	}
	date := time.Now().Add(3 * time.Second).UTC().Format(http.TimeFormat)
	if d, err := wait(date); err != nil || d != 3*time.Second {
		return fmt.Errorf("a date in 3 seconds: waited %v, error %v", d, err)
	}
	for _, header := range []string{"-5", "soon", "1.5"} {
		if d, err := wait(header); err != nil || d > thrice.base {
			return fmt.Errorf("%q: waited %v, error %v", header, d, err)
		}
	}
	return nil
}

func retryAfterTooLong(t *testing.T, l *library) error {
	s := newService(t, status(503, "Retry-After", "5"), status(200))
	req := request(t, "GET", nil)
	ctx, cancel := context.WithTimeout(req.Context(), 4*time.Second)
	defer cancel()
	start := time.Now()
	err := get(s.client(l, thrice), req.WithContext(ctx), 503)
	if d := time.Since(start); d != 0 {
		return fmt.Errorf("5s, with 4s left: returned after %v, error %v", d, err)
	}
	s = newService(t, status(503, "Retry-After", "3600"))
	_ = get(s.client(l, thrice), request(t, "GET", nil), 503)
	if d := time.Since(start); d > time.Minute {
		return fmt.Errorf("3600s: waited %v", d)
	}
	return nil
}

// patient is a client with a timeout for each attempt.
var patient = httpConfig{retryConfig: thrice.retryConfig, timeout: 3 * time.Second}

func slowBody(t *testing.T, l *library) error {
	s := newService(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "10")
		_, _ = io.WriteString(w, "01234")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	start := time.Now()
	err := get(s.client(l, patient), request(t, "GET", nil), 200)
	if d := time.Since(start); err == nil || d != patient.timeout {
		return fmt.Errorf("the end of the body was waited for for %v", d)
	}
	return nil
}

func bodyAfterRoundTrip(t *testing.T, l *library) error {
	big := bytes.Repeat([]byte("album "), 100_000)
	s := newService(t, status(503), func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(big) })
	resp, err := s.client(l, patient).Do(request(t, "GET", nil))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	time.Sleep(time.Second)
	got, err := io.ReadAll(resp.Body)
	if err != nil || !bytes.Equal(got, big) {
		return fmt.Errorf("%d bytes of %d, error %v", len(got), len(big), err)
	}
	return nil
}

func notRetried(t *testing.T, l *library) error {
	s := newService(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/albums", http.StatusFound) })
	if err := get(s.client(l, thrice), request(t, "GET", nil), 200); len(s.requests()) > 10 {
		return fmt.Errorf("redirect loop: %d requests, error %v", len(s.requests()), err)
	}
	dials := 0
	dial := s.base.DialContext
	s.base.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		dials++
		return dial(ctx, network, addr)
	}
	req := request(t, "GET", nil)
	req.URL.Scheme = "gopher"
	start := time.Now()
	if err := get(s.client(l, thrice), req, 200); dials != 0 || time.Since(start) != 0 {
		return fmt.Errorf("scheme: %d dials in %v, error %v", dials, time.Since(start), err)
	}
	return untrusted(t, l)
}

// untrusted sends a request to a server with a certificate that nobody knows.
func untrusted(t *testing.T, l *library) error {
	listener := pipenet.Listen()
	srv := &httptest.Server{Listener: listener, Config: &http.Server{Handler: status(200)}}
	srv.Config.ErrorLog = discardLog
	srv.StartTLS()
	defer srv.Close()
	dials := 0
	base := &http.Transport{DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
		dials++
		return listener.Dial(ctx, network, addr)
	}}
	req := request(t, "GET", nil)
	req.URL.Scheme, req.URL.Host = "https", "example.com" // as its certificate says
	start := time.Now()
	err := get(&http.Client{Transport: l.http(base, thrice)}, req, 200)
	if dials != 1 || time.Since(start) != 0 {
		return fmt.Errorf("TLS: %d handshakes in %v, error %v", dials, time.Since(start), err)
	}
	return nil
}

func slotUntilClose(t *testing.T, l *library) error {
	s := newService(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(bytes.Repeat([]byte("x"), 10_000)) })
	c := s.client(l, httpConfig{retryConfig: retryConfig{attempts: 1, base: 1, cap: 1}, timeout: time.Hour, slots: 1})
	open, err := c.Do(request(t, "GET", nil))
	if err != nil {
		return err
	}
	if second, err := c.Do(request(t, "GET", nil)); err == nil {
		second.Body.Close()
		return errors.New("a second request is admitted while the body of the first is open")
	}
	open.Body.Close()
	req := request(t, "GET", nil)
	ctx, cancel := context.WithCancel(req.Context())
	defer cancel()
	forgotten, err := c.Do(req.WithContext(ctx))
	if err != nil {
		return fmt.Errorf("after Close: %w", err)
	}
	defer forgotten.Body.Close()
	cancel()
	synctest.Wait()
	again, err := c.Do(request(t, "GET", nil))
	if err != nil {
		return fmt.Errorf("after the end of the context: %w", err)
	}
	return again.Body.Close()
}
