package remote_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/resilint/resilint/internal/evidencetest"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
)

const header = `package p

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/smtp"
	"time"

	"example.org/m/lib"
)

var (
	_ = bufio.NewReader
	_ context.Context
	_ tls.Config
	_ = fmt.Sprint
	_ net.Conn
	_ http.Client
	_ smtp.Client
	_ time.Time
	_ lib.Config
)

`

const lib = `package lib

import "net/http"

type Config struct {
	Client    *http.Client
	Value     http.Client
	Server    *http.Server
	Transport *http.Transport
}

type Embedded struct{ *http.Client }
`

// A hangTest is a source and the calls in it that can hang: API, what is bounded of the
// call, the kind of object to change, and "zero" where a constant switches its bound off.
type hangTest struct {
	name, source string
	want         []string
}

func load(t *testing.T, tests []hangTest) []*packages.Package {
	t.Helper()
	files := map[string]string{"lib/lib.go": lib}
	for _, test := range tests {
		require.NotContains(t, files, test.name+"/a.go", "two tests are called %s", test.name)
		files[test.name+"/a.go"] = header + test.source + "\n"
	}
	loaded := evidencetest.Load(t, files, nil)
	var pkgs []*packages.Package
	for _, test := range tests {
		pkgs = append(pkgs, loaded[test.name])
	}
	return pkgs
}

// analyze returns the results by test name.
func analyze(t *testing.T, pkgs []*packages.Package) map[string]*remote.Result {
	t.Helper()
	graph, err := checker.Analyze([]*analysis.Analyzer{remote.Analyzer}, pkgs, nil)
	require.NoError(t, err)
	results := map[string]*remote.Result{}
	for _, action := range graph.Roots {
		require.NoError(t, action.Err)
		results[strings.TrimPrefix(action.Package.PkgPath, evidencetest.Module+"/")] = action.Result.(*remote.Result)
	}
	return results
}

func describe(h *remote.Hang) string {
	bounds := map[remote.Bound]string{remote.Nothing: "nothing", remote.Headers: "headers", remote.Opened: "opened"}
	objects := map[flow.Kind]string{flow.New: "made", flow.Global: "global", flow.Field: "field", flow.Result: "returned"}
	words := []string{h.API.Name[strings.LastIndexByte(h.API.Name, '/')+1:], bounds[h.Bound]}
	if h.Object != nil {
		words = append(words, objects[h.Object.Kind])
	}
	if h.Zero != nil {
		words = append(words, "zero")
	}
	if h.Peer != "" {
		words = append(words, "at "+h.Peer)
	}
	return strings.Join(words, " ")
}

// table makes a table one of those that are loaded together.
func table(prefix string, tests []hangTest) []hangTest {
	for i := range tests {
		tests[i].name = prefix + " " + tests[i].name
	}
	tables = append(tables, tests...)
	return tests
}

var (
	tables  []hangTest
	results map[string]*remote.Result
)

func check(t *testing.T, tests []hangTest) {
	t.Helper()
	if results == nil {
		results = analyze(t, load(t, tables))
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.NotNil(t, results[test.name])
			got := []string{}
			for _, h := range results[test.name].Hangs {
				got = append(got, describe(h))
			}
			if test.want == nil {
				test.want = []string{}
			}
			assert.Equal(t, test.want, got)
		})
	}
}

const do = `
func do(req *http.Request, err error) { http.DefaultClient.Do(req) }
`

var hang = []string{"http.Client.Do nothing global"}

func TestContexts(t *testing.T) { check(t, contextTests) }

var contextTests = table("context", []hangTest{
	{name: "no context", source: `func f() { do(http.NewRequest("GET", "", nil)) }` + do, want: hang},
	{name: "Background", source: `func f() { do(http.NewRequestWithContext(context.Background(), "GET", "", nil)) }` + do, want: hang},
	{name: "WithCancel", source: `func f() { ctx, cancel := context.WithCancel(context.TODO()); defer cancel(); do(http.NewRequestWithContext(ctx, "GET", "", nil)) }` + do, want: hang},
	{name: "WithTimeout", source: `func f() { ctx, cancel := context.WithTimeout(context.TODO(), 1); defer cancel(); do(http.NewRequestWithContext(ctx, "GET", "", nil)) }` + do},
	{name: "WithDeadline", source: `func f() { ctx, cancel := context.WithDeadline(context.TODO(), time.Now()); defer cancel(); do(http.NewRequestWithContext(ctx, "GET", "", nil)) }` + do},
	{name: "derived from one with a deadline", source: `func f() { ctx, cancel := context.WithTimeout(context.TODO(), 1); defer cancel(); ctx = context.WithValue(ctx, 1, 2); do(http.NewRequestWithContext(ctx, "GET", "", nil)) }` + do},
	{name: "WithoutCancel of one with a deadline", source: `func f() { ctx, cancel := context.WithTimeout(context.TODO(), 1); defer cancel(); do(http.NewRequestWithContext(context.WithoutCancel(ctx), "GET", "", nil)) }` + do, want: hang},
	{name: "deadline under a condition", source: `func f(d time.Duration) { ctx := context.Background(); if d > 0 { var cancel func(); ctx, cancel = context.WithTimeout(ctx, d); defer cancel() }; do(http.NewRequestWithContext(ctx, "GET", "", nil)) }` + do},
	{name: "parameter", source: `func f(ctx context.Context) { do(http.NewRequestWithContext(ctx, "GET", "", nil)) }` + do},
	{name: "parameter detached", source: `func f(ctx context.Context) { do(http.NewRequestWithContext(context.WithoutCancel(ctx), "GET", "", nil)) }` + do, want: hang},
	{name: "of an incoming request", source: `func f(w http.ResponseWriter, r *http.Request) { do(http.NewRequestWithContext(r.Context(), "GET", "", nil)) }` + do},
	{name: "derived in a loop", source: `func f(n int) { ctx := context.Background(); for range n { ctx = context.WithValue(ctx, 1, 2) }; do(http.NewRequestWithContext(ctx, "GET", "", nil)) }` + do, want: hang},
	{name: "derived by mutual recursion", source: `
		func a(ctx context.Context, n int) context.Context { if n == 0 { return ctx }; return b(context.WithValue(ctx, 1, 2), n-1) }
		func b(ctx context.Context, n int) context.Context { return a(ctx, n) }
		func f() { do(http.NewRequestWithContext(a(context.Background(), 3), "GET", "", nil)) }` + do},
	{name: "WithContext", source: `func f() { req, err := http.NewRequest("GET", "", nil); ctx, cancel := context.WithTimeout(context.TODO(), 1); defer cancel(); do(req.WithContext(ctx), err) }` + do},
	{name: "Clone", source: `func f() { req, err := http.NewRequest("GET", "", nil); do(req.Clone(context.Background()), err) }` + do, want: hang},
	{name: "request literal", source: `func f() { do(&http.Request{}, nil) }` + do, want: hang},
	{name: "request from a function", source: `func request() (*http.Request, error) { return http.NewRequest("GET", "", nil) }; func f() { do(request()) }` + do, want: hang},
	{name: "request from an unknown function", source: `func f(request func() (*http.Request, error)) { do(request()) }` + do},
	{name: "request in a field", source: `type api struct { req *http.Request }; func f(a *api) { a.req, _ = http.NewRequest("GET", "", nil); do(a.req, nil) }` + do, want: hang},
	{name: "context in a field", source: `type api struct { ctx context.Context }; func f(a *api) { do(http.NewRequestWithContext(a.ctx, "GET", "", nil)) }; func g() *api { return &api{context.Background()} }` + do, want: hang},
	{name: "cancelled by a timer", source: `func f() { ctx, cancel := context.WithCancel(context.TODO()); time.AfterFunc(1, cancel); do(http.NewRequestWithContext(ctx, "GET", "", nil)) }` + do},
	{name: "cancelled by a timer in a literal", source: `func f() { ctx, cancel := context.WithCancel(context.TODO()); time.AfterFunc(1, func() { cancel() }); do(http.NewRequestWithContext(ctx, "GET", "", nil)) }` + do},
	{name: "cancelled by a goroutine that waits", source: `func f() { ctx, cancel := context.WithCancel(context.TODO()); go func() { <-time.After(1); cancel() }(); do(http.NewRequestWithContext(ctx, "GET", "", nil)) }` + do},
	{name: "overwritten request", source: `func f() { req, err := http.NewRequest("GET", "", nil); ctx, cancel := context.WithTimeout(context.TODO(), 1); defer cancel(); *req = *req.WithContext(ctx); do(req, err) }` + do},

	{name: "callers decide", source: `
		func do1(req *http.Request) { do2(req) }
		func do2(req *http.Request) { http.DefaultClient.Do(req) }
		func f(ctx context.Context) { good, _ := http.NewRequestWithContext(ctx, "GET", "", nil); do1(good); bad, _ := http.NewRequest("GET", "", nil); do1(bad) }`, want: hang},
	{name: "no callers", source: `func Do(req *http.Request) { http.DefaultClient.Do(req) }`},
	{name: "recursion", source: `func retry(req *http.Request, n int) { http.DefaultClient.Do(req); retry(req, n-1) }; func f() { req, _ := http.NewRequest("GET", "", nil); retry(req, 3) }`, want: hang},
	{name: "far callers", source: `
		func do1(req *http.Request) { do2(req) }
		func do2(req *http.Request) { do3(req) }
		func do3(req *http.Request) { do4(req) }
		func do4(req *http.Request) { do5(req) }
		func do5(req *http.Request) { http.DefaultClient.Do(req) }
		func f() { bad, _ := http.NewRequest("GET", "", nil); do1(bad) }`, want: hang},
})

func TestClients(t *testing.T) { check(t, clientTests) }

var clientTests = table("client", []hangTest{
	{name: "Get", source: `func f() { http.Get("") }`, want: []string{"http.Get nothing"}},
	{name: "DefaultClient", source: `func f() { http.DefaultClient.Get("") }`, want: []string{"http.Client.Get nothing global"}},
	{name: "literal", source: `func f() { (&http.Client{}).Get("") }`, want: []string{"http.Client.Get nothing made"}},
	{name: "with timeout", source: `func f() { (&http.Client{Timeout: 1}).Get("") }`},
	{name: "zero", source: `func f() { (&http.Client{Timeout: 0}).Get("") }`, want: []string{"http.Client.Get nothing made zero"}},
	{name: "negative", source: `func f() { (&http.Client{Timeout: -time.Second}).Get("") }`, want: []string{"http.Client.Get nothing made zero"}},
	{name: "zero and later not", source: `func f() { c := &http.Client{Timeout: 0}; c.Timeout = 1; c.Get("") }`},
	{name: "not a constant", source: `func f(d time.Duration) { (&http.Client{Timeout: d}).Get("") }`},
	{name: "go", source: `func f() { go http.Get("") }`, want: []string{"http.Get nothing"}},
	{name: "parameter", source: `func F(c *http.Client) { c.Get("") }`},
	{name: "parameter with callers", source: `func do(c *http.Client) { c.Get("") }; func f() { do(&http.Client{}); do(http.DefaultClient); do(&http.Client{Timeout: 1}) }`,
		want: []string{"http.Client.Get nothing made", "http.Client.Get nothing global"}},
	{name: "parameter kept in a field", source: `type api struct { c *http.Client }; func New(c *http.Client) *api { return &api{c} }; func (a *api) f() { a.c.Get("") }; func main1() { New(&http.Client{}).f() }`,
		want: []string{"http.Client.Get nothing made"}},
	{name: "interface", source: `type doer interface { Do(*http.Request) (*http.Response, error) }; func f(b bool) { req, _ := http.NewRequest("", "", nil); var d doer = &http.Client{}; d.Do(req) }`,
		want: []string{"http.Client.Do nothing made"}},
	{name: "field left alone", source: `type api struct { c http.Client }; func (a *api) f() { a.c.Get("") }`, want: []string{"http.Client.Get nothing field"}},
	{name: "method value", source: `func f() { c := &http.Client{Timeout: 1}; get := c.Get; get("") }`},
	{name: "method expression", source: `func f() { c := &http.Client{Timeout: 1}; (*http.Client).Get(c, "") }`},

	// Other packages' structs: who fills them is not seen here.
	{name: "other package's field", source: `func f(c *lib.Config) { c.Client.Get("") }`},
	{name: "other package's embedded client", source: `func f(c *lib.Embedded) { c.Get("") }`},
	{name: "other package's field that is a client", source: `func f(c *lib.Config) { c.Value.Get("") }`},
	{name: "other package's server", source: `func f(c *lib.Config) { c.Server.ListenAndServe() }`},
	{name: "other package's transport", source: `func f(c *lib.Config) { (&http.Client{Transport: c.Transport}).Get("") }`},
	{name: "exported field that is a client", source: `type API struct { HTTP http.Client }; func (a *API) F() { a.HTTP.Get("") }`},
})

// A wrapper is a transport that adds a header, as most of them do.
const wrapper = `
type wrapper struct { next http.RoundTripper }
func (w *wrapper) RoundTrip(r *http.Request) (*http.Response, error) { r.Header.Set("a", "b"); return w.next.RoundTrip(r) }
`

var (
	nothing = []string{"http.Client.Get nothing made"}
	headers = []string{"http.Client.Get headers made"}
	opened  = []string{"http.Client.Get opened made"}
)

// get hands on the body.
func get(transport string) string {
	return `func f() (*http.Response, error) { return (&http.Client{Transport: ` + transport + `}).Get("") }`
}

// ping reads no body.
func ping(client string) string {
	return `func f() int { resp, err := (` + client + `).Get("https://a/"); if err != nil { return 0 }; defer resp.Body.Close(); return resp.StatusCode }`
}

func TestTransports(t *testing.T) { check(t, transportTests) }

var transportTests = table("transport", []hangTest{
	{name: "nil", source: get(`nil`), want: nothing},
	{name: "default", source: get(`http.DefaultTransport`), want: nothing},
	{name: "tuned", source: get(`&http.Transport{MaxIdleConns: 3, TLSHandshakeTimeout: 1, IdleConnTimeout: 1}`), want: nothing},
	{name: "clone of the default", source: get(`http.DefaultTransport.(*http.Transport).Clone()`), want: nothing},
	{name: "headers", source: get(`&http.Transport{ResponseHeaderTimeout: 1}`), want: headers},
	{name: "headers set on a clone", source: `func f() (*http.Response, error) { tr := http.DefaultTransport.(*http.Transport).Clone(); tr.ResponseHeaderTimeout = 1; return (&http.Client{Transport: tr}).Get("") }`, want: opened},
	{name: "parameter", source: `func F(rt http.RoundTripper) { (&http.Client{Transport: rt}).Get("") }`},
	{name: "unknown maker", source: get(`http.NewFileTransport(http.Dir("."))`)},
	{name: "standard dial", source: get(`&http.Transport{DialContext: (&net.Dialer{Timeout: 1}).DialContext}`), want: nothing},
	{name: "dial without deadline", source: get(`&http.Transport{Dial: func(n, a string) (net.Conn, error) { return net.DialTimeout(n, a, 1) }}`), want: nothing},
	{name: "dial with deadline", source: get(`&http.Transport{Dial: func(n, a string) (net.Conn, error) { c, err := net.DialTimeout(n, a, 1); c.SetDeadline(time.Now()); return c, err }}`)},
	{name: "unknown dial", source: `func F(dial func(n, a string) (net.Conn, error)) { (&http.Client{Transport: &http.Transport{Dial: dial}}).Get("") }`},
	{name: "timer", source: get(`&limiter{}`) + `
		type limiter struct{}
		func (*limiter) RoundTrip(r *http.Request) (*http.Response, error) { ctx, cancel := context.WithTimeout(r.Context(), 1); _ = cancel; return http.DefaultTransport.RoundTrip(r.WithContext(ctx)) }`},
	{name: "wrapper", source: get(`&wrapper{http.DefaultTransport}`) + wrapper, want: nothing},
	{name: "two transports", source: `func f(b bool) { c := &http.Client{Transport: &http.Transport{}}; if b { c.Transport = &http.Transport{ResponseHeaderTimeout: 1} }; c.Get("") }`, want: nothing},

	{name: "dial of a connection with deadlines", source: get(`&http.Transport{Dial: func(n, a string) (net.Conn, error) { c, err := net.DialTimeout(n, a, 1); return &limited{c}, err }}`) + `
		type limited struct { net.Conn }
		func (l *limited) Read(b []byte) (int, error) { l.SetReadDeadline(time.Now()); return l.Conn.Read(b) }
		func (l *limited) Write(b []byte) (int, error) { l.SetWriteDeadline(time.Now()); return l.Conn.Write(b) }`},
	{name: "wrapper of a parameter", source: `func F(rt http.RoundTripper) { (&http.Client{Transport: &wrapper{rt}}).Get("") }` + wrapper},
	{name: "wrapper of headers", source: get(`&wrapper{&http.Transport{ResponseHeaderTimeout: 1}}`) + wrapper, want: headers},
	{name: "in process", source: get(`&handler{}`) + `
		type handler struct { h http.Handler }
		func (t *handler) RoundTrip(r *http.Request) (*http.Response, error) { return &http.Response{Body: http.NoBody}, nil }`},
	{name: "one transport twice", source: `func f(b bool) (*http.Response, error) { tr := &http.Transport{ResponseHeaderTimeout: 1}; c := &http.Client{Transport: tr}; if b { c.Transport = tr }; return c.Get("") }`, want: headers},
	{name: "headers and handshake", source: get(`&http.Transport{ResponseHeaderTimeout: 1, TLSHandshakeTimeout: 1}`), want: opened},
	{name: "body unread, headers", source: ping(`&http.Client{Transport: &http.Transport{ResponseHeaderTimeout: 1}}`), want: []string{"http.Client.Get headers made at a"}},
	{name: "body unread, headers and handshake", source: ping(`&http.Client{Transport: &http.Transport{ResponseHeaderTimeout: 1, TLSHandshakeTimeout: 1}}`)},
	{name: "body unread, tuned", source: ping(`&http.Client{Transport: &http.Transport{TLSHandshakeTimeout: 1}}`), want: []string{"http.Client.Get nothing made at a"}},
	{name: "unix socket", source: get(`&http.Transport{DialContext: func(ctx context.Context, n, a string) (net.Conn, error) { return net.Dial("unix", "/run/docker.sock") }}`)},
})

func TestServers(t *testing.T) { check(t, serverTests) }

var serverTests = table("server", []hangTest{
	{name: "ListenAndServe", source: `func f() { http.ListenAndServe("", nil) }`, want: []string{"http.ListenAndServe nothing"}},
	{name: "literal", source: `func f() { (&http.Server{}).ListenAndServe() }`, want: []string{"http.Server.ListenAndServe nothing made"}},
	{name: "ReadHeaderTimeout", source: `func f() { (&http.Server{ReadHeaderTimeout: 1}).ListenAndServe() }`},
	{name: "ReadTimeout", source: `func f() { (&http.Server{ReadTimeout: 1}).ListenAndServe() }`},
	{name: "WriteTimeout", source: `func f() { (&http.Server{WriteTimeout: 1, IdleTimeout: 1}).ListenAndServe() }`, want: []string{"http.Server.ListenAndServe nothing made"}},
	{name: "embedded", source: `type app struct { http.Server }; func f() { (&app{}).ListenAndServe() }`, want: []string{"http.Server.ListenAndServe nothing field"}},
	{name: "started by someone else", source: `func start(f func() error) {}; func f() { s := &http.Server{}; start(s.ListenAndServe) }`, want: []string{"http.Server.ListenAndServe nothing made"}},
	{name: "on a TCP listener", source: `func f() { l, _ := net.Listen("tcp", ""); http.Serve(l, nil) }`, want: []string{"http.Serve nothing"}},
	{name: "on a Unix listener", source: `func f() { l, _ := net.Listen("unix", ""); http.Serve(l, nil); (&http.Server{}).Serve(l) }`},
	{name: "on a Unix listener of a helper", source: `func listen() net.Listener { l, _ := net.ListenUnix("unix", nil); return l }; func f() { http.Serve(listen(), nil) }`},
	{name: "on either", source: `func f(b bool) { l, _ := net.Listen("unix", ""); if b { l, _ = net.Listen("tcp", "") }; http.Serve(l, nil) }`, want: []string{"http.Serve nothing"}},
	{name: "on a parameter", source: `func F(l net.Listener) { http.Serve(l, nil) }`, want: []string{"http.Serve nothing"}},
	{name: "only shut down", source: `func f() { (&http.Server{}).Shutdown(context.Background()) }`},
	{name: "method value called", source: `func f() { s := &http.Server{ReadTimeout: 1}; serve := s.ListenAndServe; go serve() }`},
})

func TestDials(t *testing.T) { check(t, dialTests) }

var dialTests = table("dial", []hangTest{
	{name: "Dial", source: `func f() { net.Dial("tcp", "") }`, want: []string{"net.Dial nothing"}},
	{name: "DialTimeout", source: `func f() { net.DialTimeout("tcp", "", 1) }`},
	{name: "DialTimeout of zero", source: `func f() { net.DialTimeout("tcp", "", 0) }`, want: []string{"net.DialTimeout nothing zero"}},
	{name: "DialTimeout that is over", source: `func f() { net.DialTimeout("tcp", "", -1) }`},
	{name: "Dialer", source: `func f() { (&net.Dialer{}).Dial("tcp", "") }`, want: []string{"net.Dialer.Dial nothing made"}},
	{name: "Dialer with timeout", source: `func f() { (&net.Dialer{Timeout: 1}).Dial("tcp", "") }`},
	{name: "Dialer with a timeout that is over", source: `func f() { (&net.Dialer{Timeout: -1}).Dial("tcp", "") }`},
	{name: "Dialer with deadline", source: `func f() { (&net.Dialer{Deadline: time.Now()}).Dial("tcp", "") }`},
	{name: "Dialer with no deadline", source: `func f() { (&net.Dialer{Deadline: time.Time{}}).Dial("tcp", "") }`, want: []string{"net.Dialer.Dial nothing made"}},
	{name: "Dialer with context", source: `func f(ctx context.Context) { (&net.Dialer{}).DialContext(ctx, "tcp", "") }`},
	{name: "Dialer with Background", source: `func f() { (&net.Dialer{}).DialContext(context.Background(), "tcp", "") }`, want: []string{"net.Dialer.DialContext nothing made"}},
	{name: "tls", source: `func f() { tls.Dial("tcp", "", nil) }`, want: []string{"tls.Dial nothing"}},
	{name: "tls with Dialer", source: `func f() { tls.DialWithDialer(&net.Dialer{Timeout: 1}, "tcp", "", nil) }`},
	{name: "tls Dialer", source: `func f() { (&tls.Dialer{NetDialer: &net.Dialer{Timeout: 1}}).Dial("tcp", ""); (&tls.Dialer{}).Dial("tcp", "") }`, want: []string{"tls.Dialer.Dial nothing made"}},
	{name: "smtp", source: `func f() { smtp.Dial(""); smtp.SendMail("", nil, "", nil, nil) }`, want: []string{"smtp.Dial nothing", "smtp.SendMail nothing"}},

	{name: "unix", source: `func f() { net.Dial("unix", ""); net.Dial("unixgram", "") }`},
	{name: "its own listener", source: `func f(l net.Listener) { net.Dial("tcp", l.Addr().String()) }`},
	{name: "another's address", source: `func f(c net.Conn) { net.Dial("tcp", c.RemoteAddr().String()) }`, want: []string{"net.Dial nothing"}},
	{name: "udp", source: `func f() { net.Dial("udp", ""); net.Dial("udp6", "") }`},
	{name: "hook", source: `func f() *http.Transport { return &http.Transport{Dial: func(n, a string) (net.Conn, error) { return net.Dial(n, a) }} }`},
	{name: "deadline follows", source: `func f() { c, _ := net.Dial("tcp", ""); c.SetDeadline(time.Now()) }`},
	{name: "both deadlines follow", source: `func f() { c, _ := net.Dial("tcp", ""); c.SetReadDeadline(time.Now()); c.SetWriteDeadline(time.Now()) }`},
	{name: "one deadline follows", source: `func f() { c, _ := net.Dial("tcp", ""); c.SetReadDeadline(time.Now()) }`, want: []string{"net.Dial nothing"}},
	{name: "no deadline follows", source: `func f() { c, _ := net.Dial("tcp", ""); c.SetDeadline(time.Time{}) }`, want: []string{"net.Dial nothing"}},
	{name: "another's deadline follows", source: `func f(d net.Conn) { c, _ := net.Dial("tcp", ""); _ = c; d.SetDeadline(time.Now()) }`, want: []string{"net.Dial nothing"}},
	{name: "deadline of the field it is kept in", source: `type api struct { c net.Conn }; func f(a *api) { a.c, _ = net.Dial("tcp", ""); a.c.SetDeadline(time.Now()) }`},
	{name: "deadline of the TCP connection", source: `func f() { c, _ := net.Dial("tcp", ""); c.(*net.TCPConn).SetDeadline(time.Now()) }`},
	{name: "deadline of the TLS connection", source: `func f() { c, _ := net.Dial("tcp", ""); tc := tls.Client(c, nil); tc.SetDeadline(time.Now()) }`},
	{name: "deadline in a helper", source: `func talk(c net.Conn) { c.SetDeadline(time.Now()) }; func f() { c, _ := net.Dial("tcp", ""); talk(c) }`},
	{name: "network from callers", source: `func dial(network string) { net.Dial(network, "") }; func f() { dial("unix") }`},
	{name: "network that is not known", source: `func F(network string) { net.Dial(network, "") }`},
})

func TestStreams(t *testing.T) { check(t, streamTests) }

var streamTests = table("stream", []hangTest{
	{name: "named in the function", source: `func f() { req, _ := http.NewRequest("", "", nil); req.Header.Set("Accept", "text/event-stream"); http.DefaultClient.Do(req) }`},
	{name: "sent on piece by piece", source: `func f(out chan string) { resp, _ := http.Get(""); for s := bufio.NewScanner(resp.Body); s.Scan(); { out <- s.Text() } }`},
	{name: "named in a caller", source: `func do(req *http.Request) { http.DefaultClient.Do(req) }; func f() { req, _ := http.NewRequest("", "", nil); req.Header.Set("Accept", "text/event-stream"); do(req) }`},
	{name: "named in another function", source: `func f() { http.Get("") }; func g() string { return "text/event-stream" }`, want: []string{"http.Get nothing"}},
	{name: "named where the request is made", source: `
		func request() *http.Request { req, _ := http.NewRequest("", "", nil); req.Header.Set("Accept", "text/event-stream"); return req }
		func f() { http.DefaultClient.Do(request()) }`},
	{name: "named where the response is read", source: `
		func f() { resp, _ := http.Get(""); read(resp) }
		func read(resp *http.Response) { if resp.Header.Get("Content-Type") == "text/event-stream" { bufio.NewReader(resp.Body).ReadString('x') } }`},
})

func TestPeer(t *testing.T) { check(t, peerTests) }

func getFrom(url string) string { return "func f(id string, n int) { http.Get(" + url + ") }" }

var peerTests = table("peer", []hangTest{
	{name: "constant", source: getFrom(`"https://api.example.org/v1/x"`), want: []string{"http.Get nothing at api.example.org"}},
	{name: "port", source: getFrom(`"http://api.example.org:8080/v1"`), want: []string{"http.Get nothing at api.example.org"}},
	{name: "user", source: getFrom(`"http://user:secret@api.example.org/v1"`), want: []string{"http.Get nothing at api.example.org"}},
	{name: "query", source: getFrom(`"http://api.example.org?a=b"`), want: []string{"http.Get nothing at api.example.org"}},
	{name: "ipv6", source: getFrom(`"http://[::1]:80/"`), want: []string{"http.Get nothing at ::1"}},
	{name: "concatenated", source: getFrom(`"http://api.example.org/" + id`), want: []string{"http.Get nothing at api.example.org"}},
	{name: "host is cut off", source: getFrom(`"http://api." + id`), want: []string{"http.Get nothing"}},
	{name: "format", source: getFrom(`fmt.Sprintf("http://api.example.org/%d", n)`), want: []string{"http.Get nothing at api.example.org"}},
	{name: "host in the format", source: getFrom(`fmt.Sprintf("http://%s/%d", id, n)`), want: []string{"http.Get nothing"}},
	{name: "no scheme", source: getFrom(`"api.example.org/x"`), want: []string{"http.Get nothing"}},
	{name: "nonsense", source: getFrom(`"http://[x/"`), want: []string{"http.Get nothing"}},
	{name: "variable", source: getFrom(`id`), want: []string{"http.Get nothing"}},
	{name: "of the request", source: `func f() { req, _ := http.NewRequestWithContext(context.Background(), "GET", "http://api.example.org/", nil); http.DefaultClient.Do(req) }`,
		want: []string{"http.Client.Do nothing global at api.example.org"}},
})

func TestSlips(t *testing.T) {
	tests := []hangTest{
		{name: "hours", source: `var c = &http.Client{Timeout: 30000 * time.Second}`, want: []string{"Timeout 8h20m0s"}},
		{name: "an hour", source: `var c = &http.Client{Timeout: time.Hour}`},
		{name: "assigned", source: `func f(s *http.Server) { s.ReadTimeout = 2 * time.Hour }`, want: []string{"ReadTimeout 2h0m0s"}},
		{name: "another field", source: `var s = &http.Server{IdleTimeout: 3 * time.Hour}`},
		{name: "another type", source: `type T struct { Timeout time.Duration }; var c = &T{Timeout: 3 * time.Hour}`},
		{name: "not a constant", source: `func f(d time.Duration) { _ = &http.Client{Timeout: d * time.Hour} }`},
	}
	results := analyze(t, load(t, tests))
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, slip := range results[test.name].Slips {
				got = append(got, slip.Field.Name()+" "+slip.Value.String())
			}
			assert.Equal(t, test.want, got)
		})
	}
}

// TestDeterminism looks 20 times at clients that have more than one of everything.
func TestDeterminism(t *testing.T) {
	tests := []hangTest{
		{name: "clients and transports", source: `
			func f(b, c bool) {
				t1, t2 := &http.Transport{}, &http.Transport{ResponseHeaderTimeout: 1}
				var tr http.RoundTripper = t1
				if b { tr = t2 }
				cl := &http.Client{Transport: tr}
				if c { cl = http.DefaultClient }
				cl.Get("http://a/")
				cl.Head("http://b/")
			}
			func g(n int) { for range n { f(true, false) } }`},
		{name: "a copy of two clients", source: `func f(b bool) { a, c := &http.Client{Timeout: 0}, &http.Client{Timeout: -1}; if b { a = c }; d := *a; d.Get("") }`},
	}
	pkgs := load(t, tests)
	seen := map[string]map[string]bool{}
	for range 20 {
		for name, result := range analyze(t, pkgs) {
			var all strings.Builder
			for _, h := range result.Hangs {
				fmt.Fprintln(&all, h.At, describe(h))
				if h.Zero != nil {
					fmt.Fprintln(&all, h.Zero.Value)
				}
			}
			if seen[name] == nil {
				seen[name] = map[string]bool{}
			}
			seen[name][all.String()] = true
		}
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Len(t, seen[test.name], 1)
		})
	}
}

// TestEffort gives the package a helper with very many ways up.
func TestEffort(t *testing.T) {
	var source strings.Builder
	source.WriteString("func f0(req *http.Request) { http.DefaultClient.Do(req) }\n")
	for i := range 3 {
		for j := range 12 {
			fmt.Fprintf(&source, "func g%d_%d(req *http.Request) { f%d(req) }\n", i, j, i)
		}
		fmt.Fprintf(&source, "func f%d(req *http.Request) {\n", i+1)
		for j := range 12 {
			fmt.Fprintf(&source, "g%d_%d(req)\n", i, j)
		}
		source.WriteString("}\n")
	}
	fmt.Fprintf(&source, "func f() { req, _ := http.NewRequest(\"\", \"\", nil); f3(req)\n")
	for i := range 200 {
		fmt.Fprintf(&source, "{ req, _ := http.NewRequestWithContext(context.Background(), \"\", \"http://h%d/\", nil); http.DefaultClient.Do(req) }\n", i)
	}
	source.WriteString("}\n")
	pkgs := load(t, []hangTest{{name: "effort", source: source.String()}})
	result := analyze(t, pkgs)["effort"]
	assert.Len(t, result.Hangs, 201, "each call once, however many ways lead to it")
}

// cornerTests are rows that once ended the process or were answered wrongly.
var cornerTests = []hangTest{
	{name: "derived in a loop by a helper", source: `
		func tag(ctx context.Context) context.Context { return context.WithValue(ctx, 1, 2) }
		func f(n int) { ctx := context.Background(); for range n { ctx = tag(ctx); func() { _ = ctx }() }; do(http.NewRequestWithContext(ctx, "GET", "", nil)) }` + do, want: hang},
	{name: "cancel kept in a package variable", source: `var cancel func(); func f() { var ctx context.Context; ctx, cancel = context.WithCancel(context.TODO()); do(http.NewRequestWithContext(ctx, "GET", "", nil)) }` + do, want: hang},
	{name: "connection that becomes its own TLS", source: `
		type client struct { conn net.Conn }
		func New(conn net.Conn) *client { return &client{conn} }
		func (c *client) startTLS() { c.conn = tls.Client(c.conn, nil) }
		func (c *client) cmd() { c.conn.SetDeadline(time.Now()) }
		func f() { net.Dial("tcp", "") }`, want: []string{"net.Dial nothing"}},
	{name: "wrapper of one of two", source: `func f(b bool) { w := &wrapper{http.DefaultTransport}; if b { w.next = &http.Transport{ResponseHeaderTimeout: 1} }; (&http.Client{Transport: w}).Get("") }` + wrapper, want: nothing},
	{name: "transport through a client", source: get(`&through{&http.Client{Timeout: 1}}`) + `
		type through struct { c *http.Client }
		func (t *through) RoundTrip(r *http.Request) (*http.Response, error) { return t.c.Do(r) }`},
	{name: "exported field that is set in part", source: `type API struct { HTTP http.Client }; func (a *API) F() { a.HTTP.Jar = nil; a.HTTP.Get("") }`},
}

func TestCorners(t *testing.T) {
	results := analyze(t, load(t, cornerTests))
	for _, test := range cornerTests {
		t.Run(test.name, func(t *testing.T) {
			got := []string{}
			for _, h := range results[test.name].Hangs {
				got = append(got, describe(h))
			}
			assert.ElementsMatch(t, test.want, got)
		})
	}
}
