package health

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/resilint/resilint/runtime/resilience"
)

// lastWord is how much longer than its timeout a check is waited for, so that one that returns
// when its context ends can say itself what it was waiting for.
const lastWord = 100 * time.Millisecond

var (
	errRunning  = errors.New("the check is still running")
	errLate     = errors.New("the check took longer")
	errNoReturn = errors.New("the check ended its goroutine")
)

// check is a Check and its newest run.
type check struct {
	Check

	mu    sync.Mutex
	last  *run
	known Status // what was logged last; at first that all is well
}

// run is one call of Run. What is below done is set before done is closed.
type run struct {
	began time.Time
	done  chan struct{}
	ended time.Time
	err   error
}

// begin returns the newest run, if it has not ended, or so lately that its answer is still good.
// Otherwise it starts another.
func (c *check) begin(ctx context.Context, log *slog.Logger) *run {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last != nil && (!c.last.over() || time.Since(c.last.ended) < c.Cache) {
		return c.last
	}
	r := &run{began: time.Now(), done: make(chan struct{})}
	c.last = r
	go c.execute(context.WithoutCancel(ctx), r, log)
	return r
}

func (r *run) over() bool {
	select {
	case <-r.done:
		return true
	default:
		return false
	}
}

func (c *check) execute(ctx context.Context, r *run, log *slog.Logger) {
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	err := errNoReturn
	defer func() {
		if v := recover(); v != nil {
			err = &panicked{v, debug.Stack()}
		}
		if ctx.Err() != nil { // late, whatever it says
			if err == nil {
				err = errLate
			}
			err = &resilience.TimeoutError{Limit: c.Timeout, Err: err}
		}
		r.ended, r.err = time.Now(), err
		close(r.done)
		c.note(err, log)
	}()
	err = c.Run(ctx)
}

type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("panic: %v", p.value) }

// wait returns the answer of r, or that there is none in time.
func (c *check) wait(ctx context.Context, r *run, log *slog.Logger) Result {
	if r.over() {
		return c.answer(r)
	}
	t := time.NewTimer(time.Until(r.began.Add(c.Timeout + lastWord)))
	defer t.Stop()
	select {
	case <-r.done:
		return c.answer(r)
	case <-ctx.Done():
		return c.result(r, context.Cause(ctx))
	case <-t.C:
		err := &resilience.TimeoutError{Limit: c.Timeout, Err: errRunning}
		c.note(err, log)
		return c.result(r, err)
	}
}

// answer returns what a run ended with.
func (c *check) answer(r *run) Result {
	res := c.result(r, r.err)
	res.Elapsed, res.Age = r.ended.Sub(r.began), time.Since(r.ended)
	return res
}

func (c *check) result(r *run, err error) Result {
	return Result{Name: c.Name, Status: c.status(err), Err: err, Elapsed: time.Since(r.began)}
}

func (c *check) status(err error) Status {
	var d *degraded
	switch {
	case err == nil:
		return StatusOK
	case c.Optional, errors.As(err, &d):
		return StatusDegraded
	}
	return StatusUnavailable
}

// note logs err if it changes the status of the check. The orchestrator keeps no body, and
// without a line nobody would know later why the process got no requests.
func (c *check) note(err error, log *slog.Logger) {
	s := c.status(err)
	c.mu.Lock()
	changed := s != c.known
	c.known = s
	c.mu.Unlock()
	if !changed {
		return
	}
	attrs := []any{slog.String("check", c.Name), slog.String("status", s.String())}
	if err == nil {
		log.Info("health check passes again", attrs...)
		return
	}
	attrs = append(attrs, slog.String("err", err.Error()))
	if p := (*panicked)(nil); errors.As(err, &p) {
		attrs = append(attrs, slog.String("stack", string(p.stack)))
	}
	log.Warn("health check fails", attrs...)
}
