package fault_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"github.com/resilint/resilint/runtime/fault"
)

func TestStatus(t *testing.T) {
	d := &dependency{}
	tr := fault.Transport(t, d, fault.Status(503).Header("retry-after", "2").Header("X-A", "1").Header("X-A", "2"))
	resp, err := (&http.Client{Transport: tr}).Get(address)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(resp.Body)
	if err != nil || len(b) != 0 || resp.ContentLength != 0 {
		t.Errorf("body %q (%d), %v; want none", b, resp.ContentLength, err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != 503 || resp.Status != "503 Service Unavailable" || resp.Proto != "HTTP/1.1" {
		t.Errorf("status %d, %q, %s", resp.StatusCode, resp.Status, resp.Proto)
	}
	if resp.Header.Get("Retry-After") != "2" || strings.Join(resp.Header["X-A"], ",") != "1,2" {
		t.Errorf("header %v", resp.Header)
	}
	if resp.Request == nil || resp.Request.URL.String() != address {
		t.Errorf("the response is not that of the request: %v", resp.Request)
	}
	if d.requests != 0 {
		t.Errorf("the dependency got %d requests, want none", d.requests)
	}
}

func TestErrors(t *testing.T) {
	mine := errors.New("mine")
	tests := []struct {
		rule   fault.Rule
		want   error
		op     string
		counts fault.Counts
	}{
		{fault.Error(mine), mine, "", fault.Counts{Error: 1}},
		{fault.Reset(), syscall.ECONNRESET, "read", fault.Counts{Reset: 1}},
		{fault.Refuse(), syscall.ECONNREFUSED, "dial", fault.Counts{Refuse: 1}},
	}
	for _, tt := range tests {
		d := &dependency{}
		tr := fault.Transport(t, d, tt.rule)
		resp, err := get(t, tr, address)
		if resp != nil || !errors.Is(err, tt.want) {
			t.Errorf("%v: %v, %v; want no response, and %v", tt.rule, resp, err, tt.want)
		}
		var op *net.OpError
		if errors.As(err, &op) != (tt.op != "") || op != nil && op.Op != tt.op {
			t.Errorf("%v: the error %v is of %v, want %q", tt.rule, err, op, tt.op)
		}
		if d.requests != 0 || tr.Injected() != tt.counts {
			t.Errorf("%v: the dependency got %d requests; injected %v", tt.rule, d.requests, tr.Injected())
		}
	}
}

func TestOnAnswer(t *testing.T) {
	for _, r := range []fault.Rule{fault.Status(503), fault.Error(errors.New("mine")), fault.Reset()} {
		d := &dependency{}
		tr := fault.Transport(t, d, r.OnAnswer().Times(1))
		want := outcome(get(t, fault.Transport(t, d, r), address))
		if got := outcome(get(t, tr, address)); got != want {
			t.Errorf("%v.OnAnswer(): %s, want %s as without", r, got, want)
		}
		if d.requests != 1 || d.last.closed != 1 {
			t.Errorf("%v.OnAnswer(): %d requests got through, and the answer was closed %d times; want 1 and 1",
				r, d.requests, d.last.closed)
		}
		if got := outcome(get(t, tr, address)); got != "." || tr.Injected().Total() != 1 {
			t.Errorf("%v.OnAnswer().Times(1): then %s, injected %v", r, got, tr.Injected())
		}
	}
}

// What fails by itself has no answer that could be struck.
func TestOnAnswerOfAFailure(t *testing.T) {
	fails := errors.New("fails")
	tr := fault.Transport(t, roundTripper(func(*http.Request) (*http.Response, error) { return nil, fails }),
		fault.Status(503).OnAnswer())
	if _, err := get(t, tr, address); !errors.Is(err, fails) || tr.Injected().Total() != 0 {
		t.Errorf("%v, injected %v; want the dependency's own error", err, tr.Injected())
	}
}

func TestRequestBodyIsClosed(t *testing.T) {
	over, cancel := context.WithCancel(context.Background())
	cancel()
	tests := []struct {
		name  string
		ctx   context.Context
		rules []fault.Option
	}{
		{"no fault", context.Background(), nil},
		{"status", context.Background(), []fault.Option{fault.Status(500)}},
		{"error", context.Background(), []fault.Option{fault.Error(io.EOF)}},
		{"reset", context.Background(), []fault.Option{fault.Reset()}},
		{"refuse", context.Background(), []fault.Option{fault.Refuse()}},
		{"late status", context.Background(), []fault.Option{fault.Status(500).OnAnswer()}},
		{"ended before", over, []fault.Option{fault.Hang()}},
	}
	for _, tt := range tests {
		b := text("request")
		tr := fault.Transport(t, &dependency{}, tt.rules...)
		resp, err := tr.RoundTrip(request(t, tt.ctx, http.MethodPost, address, b))
		if (resp == nil) == (err == nil) {
			t.Errorf("%s: both or neither of %v and %v", tt.name, resp, err)
		}
		if b.closed != 1 {
			t.Errorf("%s: the body of the request was closed %d times, want once", tt.name, b.closed)
		}
	}
}

// A request that has ended is not sent, and counts for nothing.
func TestEndedBefore(t *testing.T) {
	mine := errors.New("mine")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(mine)
	d := &dependency{}
	tr := fault.Transport(t, d, fault.Status(503).First(1))
	if _, err := tr.RoundTrip(request(t, ctx, http.MethodGet, address, nil)); !errors.Is(err, mine) || d.requests != 0 {
		t.Errorf("%v after %d requests, want the context's cause, and none", err, d.requests)
	}
	if got := outcomes(t, tr, 2); got != "s." {
		t.Errorf("then %s, want s.", got)
	}
}

func TestCutBody(t *testing.T) {
	tests := []struct {
		cut    int
		length int64 // as announced
		body   string
		err    error
	}{
		{0, -1, "", io.ErrUnexpectedEOF},
		{3, -1, answer[:3], io.ErrUnexpectedEOF},
		{3, 6, answer[:3], io.ErrUnexpectedEOF},
		{6, -1, answer, io.ErrUnexpectedEOF}, // who knows what would have come
		{6, 6, answer, nil},
		{7, 6, answer, nil},
		{7, -1, answer, nil},
	}
	for _, tt := range tests {
		d := &dependency{length: tt.length}
		tr := fault.Transport(t, d, fault.CutBody(tt.cut))
		resp, err := get(t, tr, address)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(resp.Body)
		if string(b) != tt.body || !errors.Is(err, tt.err) {
			t.Errorf("CutBody(%d) of 6 bytes: %q, %v; want %q, %v", tt.cut, b, err, tt.body, tt.err)
		}
		if _, err := resp.Body.Read(make([]byte, 1)); tt.err != nil && !errors.Is(err, tt.err) {
			t.Errorf("CutBody(%d): reading on gives %v", tt.cut, err)
		}
		_ = resp.Body.Close()
		if cuts := tr.Injected().CutBody; (cuts == 1) != (tt.err != nil) || d.last.closed != 1 {
			t.Errorf("CutBody(%d): %d cuts, closed %d times", tt.cut, cuts, d.last.closed)
		}
	}
}

// Responses without a body have none that could be struck, and that of an upgrade is no body.
func TestBodiesThatAreNone(t *testing.T) {
	upgraded := struct{ io.ReadWriteCloser }{}
	for _, want := range []*http.Response{
		{StatusCode: http.StatusSwitchingProtocols, Body: upgraded, ContentLength: -1},
		{StatusCode: http.StatusNoContent, Body: http.NoBody},
	} {
		body := want.Body
		tr := fault.Transport(t, roundTripper(func(*http.Request) (*http.Response, error) { return want, nil }),
			fault.CutBody(0), fault.SlowBody(1, 1))
		if resp, err := get(t, tr, address); err != nil || resp.Body != body {
			t.Errorf("%d: body %v, %v; want it as it was", want.StatusCode, resp.Body, err)
		}
	}
}

func TestMatches(t *testing.T) {
	tests := []struct {
		name  string
		match fault.Match
		yes   []string
		no    []string
	}{
		{"path", fault.Path("/albums"),
			[]string{"GET http://a/albums", "POST http://a/albums/7", "GET http://a/albums/?q=1"},
			[]string{"GET http://a/", "GET http://a/albumsold", "GET http://albums/", "GET http://a/x/albums"}},
		{"path below", fault.Path("/albums/"),
			[]string{"GET http://a/albums/", "GET http://a/albums/7"}, []string{"GET http://a/albums"}},
		{"all paths", fault.Path("/"), []string{"GET http://a/", "GET http://a/x"}, nil},
		{"method", fault.Method("PUT", "POST"),
			[]string{"PUT http://a/", "POST http://a/"}, []string{"GET http://a/", "post http://a/"}},
		{"no method", fault.Method("GET"), []string{" http://a/", "GET http://a/"}, []string{"HEAD http://a/"}},
		{"host", fault.Host("a.internal"),
			[]string{"GET http://a.internal/", "GET http://A.internal:8080/"}, []string{"GET http://b.a.internal/"}},
		{"host and port", fault.Host("a.internal:8080"),
			[]string{"GET http://a.internal:8080/"}, []string{"GET http://a.internal/", "GET http://a.internal:80/"}},
	}
	for _, tt := range tests {
		tr := fault.Transport(t, &dependency{}, fault.Status(503).When(tt.match))
		for i, line := range append(tt.yes, tt.no...) {
			method, url, _ := strings.Cut(line, " ")
			req := request(t, context.Background(), "GET", url, nil)
			req.Method = method
			want := i < len(tt.yes)
			if got := outcome(tr.RoundTrip(req)) == "s"; got != want {
				t.Errorf("%s: %q matches: %v, want %v", tt.name, line, got, want)
			}
		}
	}
}

// Requests that do not match are not counted, and When adds up.
func TestWhenCounts(t *testing.T) {
	tr := fault.Transport(t, &dependency{},
		fault.Status(503).When(fault.Path("/a")).When(fault.Host("x")).First(2))
	var got strings.Builder
	for _, url := range []string{"http://x/b", "http://x/a", "http://y/a", "http://y/a", "http://x/a", "http://x/a"} {
		got.WriteString(outcome(get(t, tr, url)))
	}
	if want := ".s..s."; got.String() != want {
		t.Errorf("outcomes %s, want %s", got.String(), want)
	}
}

type idle struct {
	http.RoundTripper
	closed bool
}

func (i *idle) CloseIdleConnections() { i.closed = true }

func TestCloseIdleConnections(t *testing.T) {
	i := &idle{RoundTripper: &dependency{}}
	(&http.Client{Transport: fault.Transport(t, i)}).CloseIdleConnections()
	if !i.closed {
		t.Error("the base was not told")
	}
	(&http.Client{Transport: fault.Transport(t, &dependency{})}).CloseIdleConnections() // no panic
}
