// Package httpclient makes HTTP clients that a slow or failing server cannot take down.
//
// [Default] and [Timeout] add a timeout to what http.DefaultClient does, and nothing else.
//
//	resp, err := httpclient.Default.Get(url)
//
// [New] returns a client for one dependency with the whole stack: an overall deadline, retries
// of what may be repeated, a circuit breaker, a bulkhead, and a timeout for each attempt.
//
//	var catalog = httpclient.New("catalog") // one for each dependency, shared
//
// It is an ordinary *http.Client, and its responses are ordinary: when no attempt got another
// answer, the caller sees the last one, with its status and body. What is repeated, and what is
// not:
//
//   - Requests with the methods GET, HEAD, OPTIONS, TRACE, PUT and DELETE, and those with an
//     Idempotency-Key header (see [WithIdempotencyKey]), after errors of the network, and after
//     the statuses 408, 425, 429, 502, 503 and 504. Others only if no connection was made, so
//     that they surely were not sent.
//   - Only requests without a body, or with one that can be had again from GetBody, which
//     http.NewRequest sets for bytes and strings. Nothing is buffered.
//   - A Retry-After header is obeyed. If it asks for more than the longest wait, or than there
//     is time for, the response is returned at once.
package httpclient

import (
	"net/http"
	"time"

	"github.com/resilint/resilint/runtime/breaker"
	"github.com/resilint/resilint/runtime/bulkhead"
	"github.com/resilint/resilint/runtime/resilience"
	"github.com/resilint/resilint/runtime/retry"
)

const (
	// DefaultTimeout is 30 s, the timeout of [Default]: the median of what maintainers chose
	// who added a timeout to a client that had none.
	DefaultTimeout = 30 * time.Second
	// DefaultOverall is 10 s, the overall deadline of clients made by [New]: ours; a person
	// who waits has left by then.
	DefaultOverall = 10 * time.Second
	// DefaultAttempt is 3 s, the timeout of one attempt of clients made by [New]: ours; three
	// of them fit into the overall deadline. Tune both by what the dependency needs: its 99.9th
	// percentile, say, for one false timeout in a thousand calls.
	DefaultAttempt = 3 * time.Second
)

// Default is http.DefaultClient with a timeout of [DefaultTimeout].
var Default = Timeout(DefaultTimeout)

// Timeout returns a client like http.DefaultClient that gives each exchange d, from the
// connection to the end of the response's body. A d that is not positive means [DefaultTimeout].
func Timeout(d time.Duration) *http.Client {
	if d <= 0 {
		d = DefaultTimeout
	}
	return &http.Client{Timeout: d}
}

// An Option changes a client from what [New] and [Wrap] make by default.
type Option func(*transport)

// WithOverall sets the deadline of a request, all attempts, waits, redirects and the body of the
// response included. A context with a sooner deadline is obeyed as well. Not positive means
// [DefaultOverall].
func WithOverall(d time.Duration) Option { return func(t *transport) { t.overall = d } }

// WithAttempt sets the timeout of one attempt, the body of the response included. Not positive
// means [DefaultAttempt].
func WithAttempt(d time.Duration) Option { return func(t *transport) { t.attempt = d } }

// WithStreaming is for responses that may take as long as they like once they have begun:
// downloads, events. The timeouts end with the headers of the response; what bounds
// its body is the request's context. For a long poll that holds back the headers as well, raise
// WithAttempt and WithOverall.
func WithStreaming() Option { return func(t *transport) { t.streaming = true } }

// WithRetry sets how often and how long to retry: MaxAttempts, Base, Cap and Budget of p. What is
// retried does not change. Without a Budget, the client gets one of its own.
func WithRetry(p retry.Policy) Option {
	return func(t *transport) {
		t.retry.MaxAttempts, t.retry.Base, t.retry.Cap = p.MaxAttempts, p.Base, p.Cap
		if p.Budget != nil {
			t.retry.Budget = p.Budget
		}
	}
}

// WithoutRetry makes one attempt only: for requests that are repeated elsewhere.
func WithoutRetry() Option { return func(t *transport) { t.retry.MaxAttempts = 1 } }

// WithRetry500 retries the status 500 too, as other statuses are: for a dependency that answers
// so when it is overloaded.
func WithRetry500() Option { return func(t *transport) { t.retry500 = true } }

// WithBreaker uses b, which other clients of the same dependency may share. Its Config.Timeout must
// not be less than the timeout of an attempt (WithAttempt): a probe that takes longer has failed.
func WithBreaker(b *breaker.Breaker) Option { return func(t *transport) { t.breaker = b } }

// WithBulkhead uses b, which other clients of the same dependency may share.
func WithBulkhead(b *bulkhead.Bulkhead) Option { return func(t *transport) { t.bulkhead = b } }

// WithTransport sends requests by base instead of a copy of http.DefaultTransport. [Wrap] ignores
// it.
func WithTransport(base http.RoundTripper) Option { return func(t *transport) { t.base = base } }

// WithObserver tells o of attempts, timeouts, retries, rejected requests, and changes of the
// breaker's state; the last two only for the breaker and bulkhead that the client makes itself.
func WithObserver(o resilience.Observer) Option { return func(t *transport) { t.observer = o } }

// New returns a client for the dependency of that name, which appears in errors and events. Make
// one for each dependency and share it: its breaker and bulkhead are its memory.
//
// It uses a copy of http.DefaultTransport with as many connections to a host as the bulkhead
// admits requests.
func New(dep string, opts ...Option) *http.Client {
	return &http.Client{Transport: newTransport(dep, nil, opts)}
}

// Wrap returns a copy of c, which may be nil for http.DefaultClient, that sends its requests
// through the stack of [New]. The timeout of c stays as it is, and is the overall deadline where that
// of New is longer: what takes as long as c waits counts as a failure of the dependency.
func Wrap(c *http.Client, dep string, opts ...Option) *http.Client {
	if c == nil {
		c = http.DefaultClient
	}
	base := c.Transport
	if base == nil {
		base = http.DefaultTransport
	}
	if c.Timeout > 0 && c.Timeout < DefaultOverall {
		opts = append([]Option{WithOverall(c.Timeout)}, opts...)
	}
	wrapped := *c
	wrapped.Transport = newTransport(dep, base, opts)
	return &wrapped
}

func newTransport(dep string, base http.RoundTripper, opts []Option) *transport {
	t := &transport{dep: dep}
	for _, o := range opts {
		o(t)
	}
	if t.overall <= 0 {
		t.overall = DefaultOverall
	}
	if t.attempt <= 0 {
		t.attempt = DefaultAttempt
	}
	t.attempt = min(t.attempt, t.overall)
	if t.breaker == nil {
		t.breaker = breaker.New(dep, breaker.Config{Timeout: t.attempt, Observer: t.observer})
	}
	if t.bulkhead == nil {
		t.bulkhead = bulkhead.New(dep, bulkhead.Config{Observer: t.observer})
	}
	if t.retry.Budget == nil {
		t.retry.Budget = retry.NewBudget(0, 0)
	}
	t.retry.Dep, t.retry.Observer = dep, t.observer
	if base != nil {
		t.base = base
	}
	if t.base == nil {
		t.base = ownTransport(t.bulkhead.Max())
	}
	return t
}

// ownTransport returns a copy of http.DefaultTransport with that many connections to a host. If
// that was replaced, by one that traces, say, it is used as it is.
func ownTransport(conns int) http.RoundTripper {
	d, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return http.DefaultTransport
	}
	d = d.Clone()
	d.MaxConnsPerHost, d.MaxIdleConnsPerHost = conns, conns
	return d
}
