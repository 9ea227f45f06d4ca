package httpclient

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/resilint/resilint/runtime/breaker"
	"github.com/resilint/resilint/runtime/bulkhead"
	"github.com/resilint/resilint/runtime/resilience"
	"github.com/resilint/resilint/runtime/retry"
)

// transport is the stack of one dependency.
type transport struct {
	dep       string
	base      http.RoundTripper
	overall   time.Duration // of a request
	attempt   time.Duration // of one attempt
	streaming bool
	retry500  bool
	key       func(*http.Request) string // nil if the dependency is not known to honour one
	retry     retry.Policy
	breaker   *breaker.Breaker
	bulkhead  *bulkhead.Bulkhead
	observer  resilience.Observer
}

// call is one request, with all of its attempts.
type call struct {
	t        *transport
	req      *http.Request
	deadline time.Time // overall
	again    bool      // may be sent twice
	attempts int
	first    attempt // nearly always the only one
}

// RoundTrip sends a request, more than once if need be.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	req = t.stamp(req)
	c := &call{t: t, req: req, deadline: t.deadlineOf(req), again: idempotent(req)}
	p := t.retry
	if p.MaxElapsed = time.Until(c.deadline); p.MaxElapsed <= 0 { // after a redirect
		if req.Body != nil {
			_ = req.Body.Close()
		}
		return nil, c.outOfTime()
	}
	if !rewindable(req) {
		p.MaxAttempts = 1
	}
	a, err := retry.Value(req.Context(), p, c.try)
	if c.attempts == 0 && req.Body != nil {
		_ = req.Body.Close() // nobody else has, or will
	}
	if err == nil || a != nil && isStatus(err) {
		return a.resp, nil
	}
	return nil, err
}

// CloseIdleConnections closes those of the transport below, for http.Client's method.
func (t *transport) CloseIdleConnections() {
	if c, ok := t.base.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// deadlineOf returns the overall deadline of a request. Where it follows a redirect, that is
// the deadline of the request that was redirected.
func (t *transport) deadlineOf(req *http.Request) time.Time {
	if from := req.Response; from != nil && from.Request != nil {
		if at, ok := from.Request.Context().Value(overallKey{}).(time.Time); ok {
			return at
		}
	}
	return time.Now().Add(t.overall)
}

// overallKey is what the context of an attempt answers with the overall deadline.
type overallKey struct{}

// outOfTime is the error of a call whose overall deadline has passed.
func (c *call) outOfTime() error {
	return &resilience.TimeoutError{Limit: c.t.overall, Err: context.DeadlineExceeded}
}

// try makes one attempt. A response that nobody will see is left to the attempt's Close.
func (c *call) try(ctx context.Context) (*attempt, error) {
	a, err := c.begin(ctx)
	if err != nil {
		return nil, err
	}
	returned := false
	defer func() {
		if !returned { // a panic, or the end of the goroutine
			a.finish(resilience.Failure)
		}
	}()
	req, err := c.request(a)
	if err != nil {
		returned = true
		a.finish(resilience.Ignore)
		return nil, err
	}
	c.attempts++
	resp, err := c.t.base.RoundTrip(req)
	if err == nil && resp == nil {
		err = errNoResponse
	}
	if err != nil {
		returned = true
		return nil, c.failed(a, err)
	}
	a.answered(resp)
	returned = true
	return a, c.judge(a)
}

var errNoResponse = errors.New("the transport returned neither a response nor an error")

// begin takes what an attempt needs: the breaker's permission, a slot, a context.
func (c *call) begin(ctx context.Context) (*attempt, error) {
	a := &c.first
	if c.attempts > 0 {
		a = new(attempt)
	}
	var err error
	if a.permit, err = c.t.breaker.Allow(); err != nil {
		return nil, err
	}
	wait := ctx
	if c.t.bulkhead.Queue() > 0 {
		var cancel context.CancelFunc
		wait, cancel = context.WithDeadline(ctx, c.deadline)
		defer cancel()
	}
	if a.slot, err = c.t.bulkhead.Acquire(wait); err != nil {
		a.permit.Done(resilience.Ignore)
		return nil, err
	}
	if !time.Now().Before(c.deadline) { // it came too late
		a.slot.Release()
		a.permit.Done(resilience.Ignore)
		return nil, retry.Permanent(c.outOfTime())
	}
	a.start(ctx, c)
	return a, nil
}

// request returns the caller's request for an attempt: a copy, since the caller's must not
// change, with a body of its own from the second attempt on.
func (c *call) request(a *attempt) (*http.Request, error) {
	req := c.req.WithContext(a)
	if c.attempts > 0 && req.GetBody != nil {
		body, err := req.GetBody()
		if err != nil {
			return nil, retry.Permanent(err)
		}
		req.Body = body
	}
	return req, nil
}

// failed ends an attempt that got no response, and returns what the retry is to think of it.
func (c *call) failed(a *attempt, err error) error {
	err = a.errorOf(err)
	outcome := a.outcomeOf(err)
	a.finish(outcome)
	switch {
	case neverSent(err):
		return retry.Permanent(err)
	case outcome == resilience.Ignore: // the caller has ended it
		return err
	case hopeless(err), !c.again && !notSent(err):
		return &retry.Error{Dep: c.t.dep, Attempts: c.attempts, Reason: retry.ErrNotRepeatable, Err: err}
	}
	return err
}

// judge returns nil for a response that the caller gets, and otherwise an error that says what
// the retry is to do about it.
func (c *call) judge(a *attempt) error {
	code := a.resp.StatusCode
	if c.inFlight(a) {
		d, _ := retryAfter(a.resp.Header.Get("Retry-After"))
		return retry.After(&statusError{code: code, again: true}, d)
	}
	if !failure(code) {
		return nil
	}
	again := c.again && (transient(code) || code == http.StatusInternalServerError && c.t.retry500)
	err := &statusError{code: code, again: again}
	if !again {
		c.t.retry.Budget.Failure()
		return err
	}
	if d, ok := retryAfter(a.resp.Header.Get("Retry-After")); ok {
		return retry.After(err, d)
	}
	return err
}

// inFlight reports whether a response says that an earlier attempt is still being handled, by a
// dependency that knows them by their key.
func (c *call) inFlight(a *attempt) bool {
	if c.t.key == nil || a.resp.StatusCode != http.StatusConflict || c.req.Header.Get(keyHeader) == "" {
		return false
	}
	_, ok := retryAfter(a.resp.Header.Get("Retry-After"))
	return ok
}

// observeBody tells of a timeout in the body of a response, when the retry is no longer there to
// do so.
func (c *call) observeBody(a *attempt, err error) {
	var timeout *resilience.TimeoutError
	if c.t.observer == nil || !errors.As(err, &timeout) {
		return
	}
	e := resilience.Event{
		Kind: resilience.KindTimeout, Dep: c.t.dep, Attempt: c.attempts, Elapsed: time.Since(a.began),
		Limit: a.limit, DeadlineLeft: max(0, time.Until(c.deadline)), BytesRead: a.read, Err: err,
	}
	resilience.Notify(a.caller, c.t.observer, e)
}
