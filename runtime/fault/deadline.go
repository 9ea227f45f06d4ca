package fault

import (
	"sync"
	"time"
)

// A deadline is what SetReadDeadline and SetWriteDeadline set, for what waits here and not in the
// connection. The zero deadline is none.
type deadline struct {
	mu     sync.Mutex
	timer  *time.Timer
	passed chan struct{} // closed when it has; nil until somebody asks
	has    bool          // passed
	set    int           // how often it was; a timer of an earlier time that fires late means nothing
}

// to sets the deadline to t; the zero time means none.
func (d *deadline) to(t time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.set++
	if d.timer != nil {
		d.timer.Stop()
		d.timer = nil
	}
	if d.has {
		d.has, d.passed = false, nil
	}
	if t.IsZero() {
		return
	}
	left := time.Until(t)
	if left <= 0 {
		d.pass()
		return
	}
	set := d.set
	d.timer = time.AfterFunc(left, func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.set == set {
			d.pass()
		}
	})
}

// pass needs the lock.
func (d *deadline) pass() {
	d.has = true
	close(d.channel())
}

// channel needs the lock.
func (d *deadline) channel() chan struct{} {
	if d.passed == nil {
		d.passed = make(chan struct{})
	}
	return d.passed
}

// done returns a channel that is closed when the deadline has passed. Who waits for it is woken
// also if the deadline is brought forward, and not before a later one if it is put off.
func (d *deadline) done() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.channel()
}
