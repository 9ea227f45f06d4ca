package httpclient

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/resilint/resilint/runtime/resilience"
)

// idempotent reports whether a request may be sent twice: by its method (RFC 9110, section
// 9.2.2), or because the server knows the second by its key. net/http repeats the same requests
// on its own when a connection that was kept alive turns out to be dead.
func idempotent(req *http.Request) bool {
	switch req.Method {
	case "", http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace, http.MethodPut, http.MethodDelete:
		return true
	}
	return req.Header.Get(keyHeader) != "" || req.Header.Get("X-Idempotency-Key") != ""
}

// rewindable reports whether the body of a request can be had again.
func rewindable(req *http.Request) bool {
	return req.Body == nil || req.Body == http.NoBody || req.GetBody != nil
}

// transient reports whether a status says that the same request may succeed later.
func transient(code int) bool {
	switch code {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// failure reports whether a status counts against the retry budget.
func failure(code int) bool {
	return transient(code) || outcomeOfStatus(code) == resilience.Failure
}

// outcomeOfStatus returns what a status says about the dependency. One that calls the request
// wrong comes from a dependency that works, and one that asks to slow down is no reason to cut
// everybody off.
func outcomeOfStatus(code int) resilience.Outcome {
	switch {
	case code == http.StatusTooManyRequests:
		return resilience.Ignore
	case code < 500, code == http.StatusNotImplemented, code == http.StatusHTTPVersionNotSupported:
		return resilience.Success
	}
	return resilience.Failure
}

// statusError stands for a response, between attempts. The caller of the client never sees one.
type statusError struct {
	code  int
	again bool
}

func (e *statusError) Error() string { return strconv.Itoa(e.code) + " " + http.StatusText(e.code) }

// Outcome makes the retry repeat the request, or return the response.
func (e *statusError) Outcome() resilience.Outcome {
	if e.again {
		return resilience.Failure
	}
	return resilience.Ignore
}

// isStatus reports whether err stands for a response.
func isStatus(err error) bool {
	var status *statusError
	return errors.As(err, &status)
}

// retryAfter parses a Retry-After header: seconds, or a date. What is neither is ignored.
func retryAfter(h string) (time.Duration, bool) {
	if h == "" {
		return 0, false
	}
	if secs, err := strconv.ParseInt(h, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		const most = int64(time.Duration(1<<63-1) / time.Second)
		return time.Duration(min(secs, most)) * time.Second, secs >= 0
	}
	at, err := http.ParseTime(h)
	if err != nil {
		return 0, false
	}
	return max(0, time.Until(at)), true
}

// notSent reports whether an error means that there was no connection to send a request on.
func notSent(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// neverSent reports whether a request is wrong in itself, and says nothing about a dependency.
// net/http has no types for these errors.
func neverSent(err error) bool {
	if errors.Is(err, http.ErrSchemeMismatch) {
		return true
	}
	msg := err.Error()
	for _, part := range [...]string{
		"unsupported protocol scheme", "no Host in request URL", "nil Request.URL",
		"net/http: invalid", "http: nil Request",
	} {
		if strings.Contains(msg, part) {
			return true
		}
	}
	return false
}

// hopeless reports whether the same request will fail the same way.
func hopeless(err error) bool {
	var (
		verify   *tls.CertificateVerificationError
		unknown  x509.UnknownAuthorityError
		hostname x509.HostnameError
		invalid  x509.CertificateInvalidError
		record   tls.RecordHeaderError
	)
	return neverSent(err) || errors.As(err, &verify) || errors.As(err, &unknown) ||
		errors.As(err, &hostname) || errors.As(err, &invalid) || errors.As(err, &record)
}
