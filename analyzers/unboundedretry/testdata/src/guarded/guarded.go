// Package guarded has a circuit breaker in the way, or beside it.
package guarded

import (
	"errors"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

var errOpen = errors.New("open")

// A Breaker gives up at once while a server fails.
type Breaker struct{ open bool }

// Execute runs what it may.
func (b *Breaker) Execute(run func() error) error {
	if b.open {
		return errOpen
	}
	return run()
}

// Allow says whether another may go on.
func (b *Breaker) Allow() bool { return !b.open }

type catalog struct {
	breaker *Breaker
	url     string
	tries   int
}

// Get goes through the breaker.
func (c *catalog) Get() error {
	return c.breaker.Execute(func() error { return c.get() })
}

// Again does so, too.
func (c *catalog) Again() error { return c.breaker.Execute(c.get) }

func (c *catalog) get() (err error) {
	delay := 100 * time.Millisecond
	for range c.tries {
		if err = c.request(); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 2
	}
	return err
}

// Asked asks before it calls.
func (c *catalog) Asked() error {
	if !c.breaker.Allow() {
		return errOpen
	}
	return c.asked()
}

func (c *catalog) asked() (err error) {
	delay := 100 * time.Millisecond
	for range c.tries {
		if err = c.request(); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 2
	}
	return err
}

// Literal has the loop in what it gives to the breaker.
func (c *catalog) Literal() error {
	return c.breaker.Execute(func() (err error) {
		delay := 100 * time.Millisecond
		for range c.tries {
			if err = c.request(); err == nil {
				return nil
			}
			time.Sleep(delay)
			delay *= 2
		}
		return err
	})
}

type run func() error

// Named runs what has a type of its own.
func (b *Breaker) Named(run run) error { return b.Execute(run) }

// Named is given to the breaker as that type.
func Named(breaker *Breaker) error { return breaker.Named(named) }

func named() error {
	delay := 100 * time.Millisecond
	for range 6 {
		resp, err := client.Get("http://catalog/")
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(delay)
		delay *= 2
	}
	return errOpen
}

// Put goes through the breaker, and falls back to going without.
func (c *catalog) Put() error {
	if err := c.breaker.Execute(func() error { return c.put() }); err == nil {
		return nil
	}
	return c.put()
}

func (c *catalog) put() (err error) {
	delay := 100 * time.Millisecond
	for range c.tries { // want `wait equally long`
		if err = c.request(); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 2
	}
	return err
}

// Some go through the breaker.
func (c *catalog) Some() error {
	return c.breaker.Execute(func() error { return c.some() })
}

// Others use it as they like.
func (c *catalog) Others() func() error { return c.some }

func (c *catalog) some() (err error) {
	delay := 100 * time.Millisecond
	for range c.tries { // want `wait equally long`
		if err = c.request(); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 2
	}
	return err
}

// Exported goes through the breaker with what others can call.
func (c *catalog) Exported() error {
	return c.breaker.Execute(func() error { return c.All() })
}

// All goes without.
func (c *catalog) All() (err error) {
	delay := 100 * time.Millisecond
	for range c.tries { // want `wait equally long`
		if err = c.request(); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 2
	}
	return err
}

func (c *catalog) request() error {
	resp, err := client.Get(c.url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// A RetryBudget lets a tenth of the calls be made again.
type RetryBudget struct{ left int }

// TryAcquire says whether another attempt may be made.
func (b *RetryBudget) TryAcquire() bool { return b.left > 0 }

// A Shop has one for all of its calls.
type Shop struct {
	budget RetryBudget
	tries  int
}

// Order goes on as long as it may.
func (s *Shop) Order() (err error) {
	for i := range s.tries {
		if i > 0 && !s.budget.TryAcquire() {
			return err
		}
		resp, err := client.Get("http://shop/orders")
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(500 * time.Millisecond)
	}
	return err
}
