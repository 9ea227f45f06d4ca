package health

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"
)

// probe asks h, and returns the status and what the body says.
func probe(t *testing.T, h http.Handler) (int, body) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/readyz", nil))
	var b body
	if err := json.Unmarshal(w.Body.Bytes(), &b); err != nil {
		t.Errorf("the body is %q: %v", w.Body, err)
	}
	return w.Code, b
}

// with is a check that always answers err.
func with(name string, err error) Check {
	return Check{Name: name, Run: func(context.Context) error { return err }}
}

func optional(c Check) Check {
	c.Optional = true
	return c
}

func TestStatus(t *testing.T) {
	down := errors.New("down")
	ok, fails := with("ok", nil), with("fails", down)
	lags := with("lags", Degraded(down))
	for _, test := range []struct {
		name   string
		checks []Check
		code   int
		status Status
	}{
		{"no checks", nil, 200, StatusOK},
		{"all well", []Check{ok, optional(with("other", nil))}, 200, StatusOK},
		{"one fails", []Check{fails, ok}, 503, StatusUnavailable},
		{"an optional one fails", []Check{optional(fails), ok}, 200, StatusDegraded},
		{"one is degraded", []Check{ok, lags}, 200, StatusDegraded},
		{"the worst counts", []Check{lags, fails, ok}, 503, StatusUnavailable},
	} {
		t.Run(test.name, func(t *testing.T) {
			code, b := probe(t, silent(Ready(test.checks...)))
			if code != test.code || b.Status != test.status.String() {
				t.Errorf("the answer is %d %q, want %d %q", code, b.Status, test.code, test.status)
			}
			if len(b.Checks) != len(test.checks) {
				t.Errorf("the answer has %d checks: %v", len(b.Checks), b.Checks)
			}
		})
	}
}

func TestReportHasAllChecksInOrder(t *testing.T) {
	down := errors.New("down")
	rep := silent(Ready(with("b", down), with("a", nil), optional(with("c", down)))).Report(t.Context())
	for i := range rep.Checks {
		rep.Checks[i].Age, rep.Checks[i].Elapsed = 0, 0
	}
	want := Report{Status: StatusUnavailable, Checks: []Result{
		{Name: "b", Status: StatusUnavailable, Err: down},
		{Name: "a", Status: StatusOK},
		{Name: "c", Status: StatusDegraded, Err: down},
	}}
	if !reflect.DeepEqual(rep, want) {
		t.Errorf("the report is %+v, want %+v", rep, want)
	}
}

func TestDegraded(t *testing.T) {
	down := errors.New("down")
	if err := Degraded(down); !errors.Is(err, down) || err.Error() != "down" {
		t.Errorf("the error is %v", err)
	}
	if Degraded(nil) != nil {
		t.Error("nil is an error")
	}
}

func TestDefaults(t *testing.T) {
	c := Ready(with("a", nil)).checks[0]
	if c.Timeout != 2*time.Second || c.Cache != time.Second {
		t.Errorf("timeout %v, cache %v", c.Timeout, c.Cache)
	}
	given := with("a", nil)
	given.Timeout, given.Cache = time.Minute, -1
	if c := Ready(given).checks[0]; c.Timeout != time.Minute || c.Cache != -1 {
		t.Errorf("timeout %v, cache %v", c.Timeout, c.Cache)
	}
}

func TestReadyPanicsForSlips(t *testing.T) {
	for want, checks := range map[string][]Check{
		"no name":  {with("", nil)},
		"no Run":   {{Name: "a"}},
		"the name": {with("a", nil), with("b", nil), with("a", nil)},
	} {
		func() {
			defer func() {
				if s, _ := recover().(string); !strings.Contains(s, want) {
					t.Errorf("the panic is %q, want %q", s, want)
				}
			}()
			Ready(checks...)
		}()
	}
}

// Errors tend to have addresses and passwords in them.
func TestErrorsAreShownOnlyToThoseWhoMaySee(t *testing.T) {
	r := silent(Ready(with("orders-db", errors.New("dial postgres://app:secret@10.0.0.7"))))
	w := httptest.NewRecorder()
	r.ServeHTTP(w, httptest.NewRequest("GET", "/readyz", nil))
	if s := w.Body.String(); strings.Contains(s, "secret") || strings.Contains(s, "error") {
		t.Errorf("the body is %s", s)
	}
	if got := w.Header().Get("Content-Type"); got != "application/json" {
		t.Errorf("it is %s", got)
	}
	if got := w.Header().Get("Cache-Control"); got != "no-store" {
		t.Errorf("caches may keep it: %q", got)
	}
	code, b := probe(t, r.Verbose())
	if code != 503 || b.Checks["orders-db"].Error != "dial postgres://app:secret@10.0.0.7" {
		t.Errorf("the verbose answer is %d %v", code, b)
	}
}

func TestDrain(t *testing.T) {
	asked := false
	r := Ready(Check{Name: "a", Cache: -1, Run: func(context.Context) error { asked = true; return nil }})
	if code, _ := probe(t, r); code != 200 || !asked || r.Draining() {
		t.Fatalf("before: %d, asked %v, draining %v", code, asked, r.Draining())
	}
	asked = false
	r.Drain()
	for _, h := range []http.Handler{r, r.Verbose()} {
		code, b := probe(t, h)
		if code != 503 || b.Status != "shutting down" || len(b.Checks) != 0 {
			t.Errorf("the answer is %d %v", code, b)
		}
	}
	if asked || !r.Draining() {
		t.Errorf("asked %v, draining %v", asked, r.Draining())
	}
	if code, _ := probe(t, Live()); code != 200 {
		t.Errorf("liveness is %d", code)
	}
}

func TestZeroReadiness(t *testing.T) {
	var r Readiness
	if code, b := probe(t, &r); code != 200 || b.Status != "ok" {
		t.Errorf("the answer is %d %v", code, b)
	}
	r.Drain()
	if code, _ := probe(t, &r); code != 503 {
		t.Errorf("draining, the answer is %d", code)
	}
}

func TestLive(t *testing.T) {
	if code, b := probe(t, Live()); code != 200 || b.Status != "ok" {
		t.Errorf("the answer is %d %v", code, b)
	}
}

// state is the state of a breaker that is not package breaker's: any Stringer is one.
type state string

func (s state) String() string { return string(s) }

type fakeBreaker struct{ state state }

func (b *fakeBreaker) State() state { return b.state }

func TestBreakerDegrades(t *testing.T) {
	b := new(fakeBreaker)
	r := silent(Ready(Breaker("billing", b)))
	for s, want := range map[state]Status{
		"closed": StatusOK, "forced closed": StatusOK,
		"open": StatusDegraded, "half-open": StatusDegraded, "forced open": StatusDegraded, "?": StatusDegraded,
	} {
		b.state = s // seen at once: nothing is cached
		code, got := probe(t, r.Verbose())
		if code != 200 || got.Status != want.String() {
			t.Errorf("%s: the answer is %d %v", s, code, got)
		}
		if err := got.Checks["billing"].Error; want != StatusOK && err != "circuit breaker "+string(s) {
			t.Errorf("%s: the error is %q", s, err)
		}
	}
}

func TestStatusString(t *testing.T) {
	for s, want := range map[Status]string{
		StatusOK: "ok", StatusDegraded: "degraded", StatusUnavailable: "unavailable",
		StatusDraining: "shutting down", 77: "unknown",
	} {
		if s.String() != want {
			t.Errorf("%d is %q, want %q", s, s, want)
		}
	}
}

func TestBodyHasMilliseconds(t *testing.T) {
	w := httptest.NewRecorder()
	write(w, Report{Status: StatusDegraded, Checks: []Result{
		{Name: "b", Status: StatusDegraded, Elapsed: 1234567 * time.Nanosecond, Age: time.Second},
		{Name: "a"},
	}}, false)
	const want = `{"status":"degraded","checks":{` +
		`"a":{"status":"ok","elapsed_ms":0,"age_ms":0},` +
		`"b":{"status":"degraded","elapsed_ms":1.234,"age_ms":1000}}}` + "\n"
	if got := w.Body.String(); got != want {
		t.Errorf("the body is %s, want %s", got, want)
	}
}
