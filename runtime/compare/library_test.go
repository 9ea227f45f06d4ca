package compare

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// A library is what is compared. What it does not offer is nil, and the rows about that do not
// apply to it.
type library struct {
	name   string
	module string

	retry     func(retryConfig) runner
	budget    bool // retry has budgets
	breaker   func(breakerConfig) *circuit
	rate      bool // breaker counts a share of the calls of a window
	callbacks bool // breaker tells of changes
	bulkhead  func(bulkheadConfig) runner
	timeout   func(time.Duration) runner
	timedOut  error // what the timeout returns, to errors.Is
	http      func(http.RoundTripper, httpConfig) http.RoundTripper
	slots     bool // http has bulkheads
}

var libraries = []*library{resilint(), failsafeGo(), goBreaker(), backoffGo(), retryableHTTP(), goResiliency(), goRetry()}

// A call is what is protected, and a runner is how.
type (
	call   = func(context.Context) error
	runner = func(context.Context, call) error
)

// Errors of calls. An adapter tells its library in the library's way what they mean.
var (
	errBoom      = errors.New("boom")                  // an ordinary failure
	errPermanent = errors.New("no such album")         // not to be repeated
	errIgnored   = errors.New("says nothing at all")   // not to be counted by a breaker
	errCause     = errors.New("the process is ending") // why a context was cancelled
)

type retryConfig struct {
	attempts  int           // the first one included
	base, cap time.Duration // of exponential waits
	budget    bool          // the default one, of the runner
}

// breakerConfig is for a breaker that opens after a number of failures, with no success between
// them, or by the rate.
type breakerConfig struct {
	failures int
	rate     bool          // at least half of at least 20 calls in the last 10 s
	openFor  time.Duration // at first
	probes   int           // admitted at the same time, and successes needed to close it
	onChange func(from, to string)
}

// A circuit is a breaker.
type circuit struct {
	do      runner
	state   func() string             // "closed", "open" or "half-open"
	retryIn func(error) time.Duration // what the error of a rejected call says; nil if nothing
}

type bulkheadConfig struct {
	max, queue int
	wait       time.Duration
}

type httpConfig struct {
	retryConfig
	timeout time.Duration // of an attempt; 0 means the library's default
	slots   int           // of a bulkhead; 0 means the library's default
}
