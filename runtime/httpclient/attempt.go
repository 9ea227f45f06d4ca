package httpclient

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/resilint/resilint/runtime/breaker"
	"github.com/resilint/resilint/runtime/bulkhead"
	"github.com/resilint/resilint/runtime/internal/nested"
	"github.com/resilint/resilint/runtime/resilience"
)

const (
	// drainBytes is how much of the body of a response that nobody sees is read, so that its
	// connection can be used again; more costs more than a new connection.
	drainBytes = 4 << 10
	// drainTime is how long that may take.
	drainTime = 100 * time.Millisecond
)

// attempt is one time that a request is sent. It lasts until the body of the response is read
// to its end, or closed, or the context ends: until then it holds its slot, and the timeout runs.
//
// It is its own context. The timeout is a timer, and not a context's deadline, because it must
// be possible to stop it: at the headers, for a response that is a stream. So contexts derived
// from an attempt that timed out say "canceled", with a TimeoutError as their cause.
type attempt struct {
	context.Context
	call     *call
	caller   context.Context
	cancel   context.CancelCauseFunc // with what the transport below returns
	began    time.Time
	deadline time.Time
	limit    time.Duration // that it was given, by the configuration
	timer    *time.Timer   // nil if the caller's deadline comes first
	expired  atomic.Bool   // the timer has run
	unwatch  func() bool   // stops to watch for the end of the caller's context
	permit   breaker.Call
	slot     bulkhead.Slot
	open     atomic.Bool // there is a response, and its body is not at its end
	reading  atomic.Bool // somebody waits for more of the body
	dropped  atomic.Bool // the body was closed because time was over
	ended    atomic.Bool

	resp *http.Response
	body io.ReadCloser
	read int64
}

// start starts the time of an attempt that has its permit and its slot.
func (a *attempt) start(ctx context.Context, c *call) {
	a.call, a.caller, a.began, a.limit = c, ctx, time.Now(), c.t.attempt
	a.Context, a.cancel = context.WithCancelCause(ctx)
	a.deadline = a.began.Add(a.limit)
	if c.deadline.Before(a.deadline) {
		a.deadline, a.limit = c.deadline, c.t.overall
	}
	if at, ok := ctx.Deadline(); ok && !at.After(a.deadline) {
		a.deadline = at // which ctx sees to
		return
	}
	a.timer = time.AfterFunc(a.deadline.Sub(a.began), a.expire)
}

// Deadline returns when the attempt ends.
func (a *attempt) Deadline() (time.Time, bool) { return a.deadline, true }

// Err returns why the attempt ended.
func (a *attempt) Err() error {
	err := a.Context.Err()
	if err != nil && a.expired.Load() {
		return context.DeadlineExceeded
	}
	return err
}

// Value returns values of the caller's context; and says that this is the attempt of a retry.
func (a *attempt) Value(key any) any {
	switch {
	case nested.Is(key):
		return true
	case key == overallKey{}:
		return a.call.deadline
	}
	return a.Context.Value(key)
}

// expire is the timeout. It runs on a goroutine of its own.
func (a *attempt) expire() {
	a.expired.Store(true)
	a.cancel(&resilience.TimeoutError{Limit: a.limit, Err: context.DeadlineExceeded})
	if a.open.Load() {
		a.drop(a.outcomeOfExpiry())
	} // else the transport returns, now that the context has ended
}

// outcomeOfExpiry says whose fault the timeout is while there is a response: the dependency's if
// somebody waits for more of it, or else that of who does not read it.
func (a *attempt) outcomeOfExpiry() resilience.Outcome {
	if a.reading.Load() {
		return resilience.Failure
	}
	return resilience.Ignore
}

// abandon is the end of the caller's context. It runs on a goroutine of its own.
func (a *attempt) abandon() { a.drop(a.outcomeOf(context.Cause(a.caller))) }

// drop ends an attempt whose response may be one that nobody ever closes. Only when it is closed
// may another request take its slot.
func (a *attempt) drop(o resilience.Outcome) {
	a.dropped.Store(true)
	a.cancel(nil)
	_ = a.body.Close()
	a.end(o)
}

// finish ends an attempt that nobody waits for any more.
func (a *attempt) finish(o resilience.Outcome) {
	a.stop()
	if a.unwatch != nil {
		a.unwatch()
	}
	a.end(o)
	a.cancel(nil)
}

// end gives back what the attempt holds, and reports to the breaker. Only its first call counts.
func (a *attempt) end(o resilience.Outcome) {
	if a.ended.Swap(true) {
		return
	}
	defer a.slot.Release() // whatever the breaker's observer does
	a.permit.Done(o)
}

// stop stops the timeout.
func (a *attempt) stop() {
	if a.timer != nil {
		a.timer.Stop()
	}
}

// answered takes the response, and gives it a body that ends the attempt.
func (a *attempt) answered(resp *http.Response) {
	if resp.Body == nil { // as transports of tests return it
		resp.Body = http.NoBody
	}
	a.resp, a.body = resp, resp.Body
	resp.Body = (*body)(a)
	outcome := outcomeOfStatus(resp.StatusCode)
	if a.body == http.NoBody {
		a.finish(outcome)
		return
	}
	conn, upgraded := a.body.(io.Writer)
	if upgraded = upgraded && resp.StatusCode == http.StatusSwitchingProtocols; upgraded {
		resp.Body = &duplex{(*body)(a), conn}
	}
	if upgraded || a.call.t.streaming {
		a.stop()
	}
	if upgraded || a.call.t.streaming || outcome != resilience.Success {
		a.permit.Done(outcome) // its body has nothing to add
	}
	if a.caller.Done() != nil && !upgraded { // a connection outlives the request that opened it
		a.unwatch = context.AfterFunc(a.caller, a.abandon)
	}
	if a.open.Store(true); a.expired.Load() {
		a.drop(a.outcomeOfExpiry())
	}
}

// errorOf returns err, or what to make of it if the timeout is the reason for it.
func (a *attempt) errorOf(err error) error {
	var timeout *resilience.TimeoutError
	switch {
	case !a.expired.Load() || errors.As(err, &timeout):
		return err
	case errors.Is(err, context.Canceled): // so it looks to the transport
		err = context.DeadlineExceeded
	}
	return &resilience.TimeoutError{Limit: a.limit, Err: err}
}

// outcomeOf returns what an error says about the dependency: nothing if the caller has hung up,
// or had not even half of the usual time.
func (a *attempt) outcomeOf(err error) resilience.Outcome {
	switch ended := a.caller.Err(); {
	case a.expired.Load():
		return resilience.Failure
	case errors.Is(ended, context.DeadlineExceeded):
		if time.Since(a.began) < a.call.t.attempt/2 {
			return resilience.Ignore
		}
		return resilience.Failure
	case ended != nil, neverSent(err):
		return resilience.Ignore
	}
	return resilience.OutcomeOf(err)
}

// Close drops a response that nobody will see. What is left of a small body is read, so that the
// connection can be used again.
func (a *attempt) Close() error {
	late := time.AfterFunc(drainTime, func() { a.cancel(nil) })
	defer late.Stop()
	_, _ = io.CopyN(io.Discard, a.resp.Body, drainBytes)
	return a.resp.Body.Close()
}

// body is the body of an attempt's response.
type body attempt

// Read reads from the response. What the end of it says goes to the breaker.
func (b *body) Read(p []byte) (int, error) {
	a := (*attempt)(b)
	a.reading.Store(true)
	n, err := a.body.Read(p)
	a.reading.Store(false)
	a.read += int64(n)
	switch {
	case err == nil:
		return n, nil
	case err == io.EOF && !a.dropped.Load():
		a.finish(resilience.Success)
		return n, err
	}
	err = a.errorOf(a.endOf(err))
	a.finish(a.outcomeOf(err))
	a.call.observeBody(a, err)
	return n, err
}

// endOf returns err, or why the body was closed under the reader, which sees no more than that it
// was.
func (a *attempt) endOf(err error) error {
	switch ended := a.caller.Err(); {
	case a.expired.Load() && a.dropped.Load():
		return context.DeadlineExceeded
	case ended != nil && !errors.Is(err, ended):
		return context.Cause(a.caller)
	}
	return err
}

// Close ends the attempt: who does not want to read on has what was wanted.
func (b *body) Close() error {
	err := b.body.Close()
	(*attempt)(b).finish(resilience.Success)
	return err
}

// duplex is the body of a response to a request that switched protocols.
type duplex struct {
	*body
	io.Writer
}
