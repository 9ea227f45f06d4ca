package bulkhead

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
)

// A Group runs functions in goroutines of their own, a bounded number at the same time. It is
// what a loop needs that would start a goroutine for each of its items:
//
//	g := bulkhead.NewGroup(ctx, 8)
//	for _, sku := range skus {
//		g.Go(func(ctx context.Context) error { return reserve(ctx, sku) })
//	}
//	return g.Wait()
//
// The first error, or panic, ends the context of the others, and no further function is begun.
type Group struct {
	ctx    context.Context
	cancel context.CancelCauseFunc
	slots  chan struct{}
	wg     sync.WaitGroup

	mu       sync.Mutex
	err      error
	panicked *PanicError
	skipped  bool // functions that were not begun
}

// NewGroup returns a group whose functions get a context derived from ctx, and of which at most
// limit run at the same time. A limit that is not positive means [DefaultMax].
func NewGroup(ctx context.Context, limit int) *Group {
	if limit <= 0 {
		limit = DefaultMax
	}
	ctx, cancel := context.WithCancelCause(ctx)
	return &Group{ctx: ctx, cancel: cancel, slots: make(chan struct{}, limit)}
}

// Go waits until f may run, and starts it. Once the group's context has ended, f is not run. The
// functions of the group must not call it: they would wait for their own slots.
func (g *Group) Go(f func(context.Context) error) {
	if g.ctx.Err() != nil {
		g.skip()
		return
	}
	select {
	case g.slots <- struct{}{}:
	case <-g.ctx.Done():
		g.skip()
		return
	}
	if g.ctx.Err() != nil { // both were ready
		<-g.slots
		g.skip()
		return
	}
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		defer func() { <-g.slots }()
		g.run(f)
	}()
}

func (g *Group) skip() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.skipped = true
}

func (g *Group) run(f func(context.Context) error) {
	defer func() {
		if v := recover(); v != nil {
			g.fail(nil, &PanicError{Value: v, Stack: debug.Stack()})
		}
	}()
	if err := f(g.ctx); err != nil {
		g.fail(err, nil)
	}
}

func (g *Group) fail(err error, p *PanicError) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.err != nil || g.panicked != nil {
		return
	}
	g.err, g.panicked = err, p
	if p != nil {
		err = p
	}
	g.cancel(err)
}

// Wait waits for all functions that were begun, and returns the first error. If ctx ended before
// all of them were begun, that is an error too: its cause. If one of them panicked, Wait panics
// with a [*PanicError]. The group cannot be used again.
func (g *Group) Wait() error {
	g.wg.Wait()
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.panicked != nil {
		panic(g.panicked)
	}
	if g.err == nil && g.skipped {
		g.err = context.Cause(g.ctx)
	}
	g.cancel(nil)
	return g.err
}

// PanicError is what [Group.Wait] panics with: the panic of a function of the group.
type PanicError struct {
	Value any    // what the function panicked with
	Stack []byte // of its goroutine
}

// Error returns the value and the stack.
func (p *PanicError) Error() string { return fmt.Sprintf("%v\n\n%s", p.Value, p.Stack) }

// Unwrap returns the value if it is an error.
func (p *PanicError) Unwrap() error {
	err, _ := p.Value.(error)
	return err
}
