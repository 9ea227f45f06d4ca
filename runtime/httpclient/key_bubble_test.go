//go:build go1.25

package httpclient_test

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/resilint/resilint/runtime/httpclient"
	"github.com/resilint/resilint/runtime/idempotency"
)

// keys collects what a server gets, and answers with the statuses in turn.
type keys struct {
	seen     []string
	statuses []int
	headers  map[string]string
}

func (k *keys) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	k.seen = append(k.seen, r.Method+" "+r.Header.Get("Idempotency-Key")+" "+string(body))
	for name, v := range k.headers {
		w.Header().Set(name, v)
	}
	w.WriteHeader(k.statuses[min(len(k.seen), len(k.statuses))-1])
}

func send(t *testing.T, c *http.Client, method, key string) int {
	t.Helper()
	req, _ := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader("order"))
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	before := fmt.Sprint(req.Header)
	resp, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if after := fmt.Sprint(req.Header); after != before {
		t.Errorf("the caller's headers were %s and are %s", before, after)
	}
	return resp.StatusCode
}

// A key is made once for a request, and another one for the next.
func TestKeyOfARequest(t *testing.T) {
	k := &keys{statuses: []int{503, 503, 201, 503, 201}}
	bubble(t, k, func(t *testing.T, base *http.Transport) {
		c := httpclient.New("orders", httpclient.WithTransport(base), httpclient.WithIdempotencyKey(nil))
		if a, b := send(t, c, "POST", ""), send(t, c, "PATCH", ""); a != 201 || b != 201 || len(k.seen) != 5 {
			t.Fatalf("statuses %d and %d after %d attempts", a, b, len(k.seen))
		}
	})
	uuid := regexp.MustCompile(`^(POST|PATCH) "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}" order$`)
	for _, s := range k.seen {
		if !uuid.MatchString(s) {
			t.Errorf("sent: %s", s)
		}
	}
	if k.seen[0] != k.seen[1] || k.seen[0] != k.seen[2] || k.seen[3] != k.seen[4] {
		t.Errorf("attempts of one request have different keys: %q", k.seen)
	}
	if k.seen[0][4:] == k.seen[3][5:] {
		t.Error("two requests have the same key")
	}
}

// Without the option nothing has a key, and with it only what needs one and has none.
func TestWhatIsStamped(t *testing.T) {
	for _, c := range []struct {
		method, key, want string
		opts              []httpclient.Option
	}{
		{"POST", "", "POST  order", nil},
		{"POST", "mine", "POST mine order", []httpclient.Option{httpclient.WithIdempotencyKey(nil)}},
		{"PUT", "", "PUT  order", []httpclient.Option{httpclient.WithIdempotencyKey(nil)}},
		{"POST", "", "POST POST order", []httpclient.Option{httpclient.WithIdempotencyKey(func(r *http.Request) string { return r.Method })}},
		{"POST", "", "POST  order", []httpclient.Option{httpclient.WithIdempotencyKey(func(*http.Request) string { return "" })}},
	} {
		k := &keys{statuses: []int{201}}
		bubble(t, k, func(t *testing.T, base *http.Transport) {
			send(t, httpclient.New("orders", append(c.opts, httpclient.WithTransport(base))...), c.method, c.key)
		})
		if len(k.seen) != 1 || k.seen[0] != c.want {
			t.Errorf("sent %q, want %q", k.seen, c.want)
		}
	}
	if len(httpclient.NewBareKey(nil)) != 36 {
		t.Error("NewBareKey")
	}
}

// A request that is redirected with its body is the same request.
func TestKeyThroughRedirects(t *testing.T) {
	k := &keys{statuses: []int{307, 308, 303, 200}, headers: map[string]string{"Location": "/next"}}
	bubble(t, k, func(t *testing.T, base *http.Transport) {
		send(t, httpclient.New("orders", httpclient.WithTransport(base), httpclient.WithIdempotencyKey(nil)), "POST", "")
	})
	if len(k.seen) != 4 || k.seen[0] != k.seen[1] || k.seen[0] != k.seen[2] || k.seen[3] != "GET  " || len(k.seen[0]) < 40 {
		t.Errorf("sent %q", k.seen)
	}
}

// A client with keys and a server with the middleware: what timed out is in flight, and what was
// done is there when the client comes again.
func TestWithMiddleware(t *testing.T) {
	n := 0
	guard := idempotency.Middleware(idempotency.NewMemory(idempotency.MemoryConfig{}), idempotency.Config{
		Principal: idempotency.Everybody, Required: true,
	})
	h := guard(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		n++
		time.Sleep(3500 * time.Millisecond) // longer than an attempt
		w.WriteHeader(http.StatusCreated)
	}))
	bubble(t, h, func(t *testing.T, base *http.Transport) {
		c := httpclient.New("orders", httpclient.WithTransport(base), httpclient.WithIdempotencyKey(nil))
		if code := send(t, c, "POST", ""); code != http.StatusCreated || n != 1 {
			t.Errorf("status %d, handled %d times", code, n)
		}
	})
}

// A 409 is a plain answer where nobody has declared anything, or there is no Retry-After.
func TestConflict(t *testing.T) {
	for _, c := range []struct {
		after    string
		declared bool
		want     int
	}{{"1", true, 2}, {"", true, 1}, {"nonsense", true, 1}, {"1", false, 1}} {
		k := &keys{statuses: []int{409, 201}, headers: map[string]string{"Retry-After": c.after}}
		bubble(t, k, func(t *testing.T, base *http.Transport) {
			opts := []httpclient.Option{httpclient.WithTransport(base)}
			if c.declared {
				opts = append(opts, httpclient.WithIdempotencyKey(nil))
			}
			send(t, httpclient.New("orders", opts...), "POST", "mine")
		})
		if len(k.seen) != c.want {
			t.Errorf("%+v: %d attempts", c, len(k.seen))
		}
	}
}
