package paced

import (
	"time"

	"github.com/cenkalti/backoff/v4"
	jpillora "github.com/jpillora/backoff"
	"github.com/sethvargo/go-retry"
)

func send() error { return nil }

func plain() {
	b := &jpillora.Backoff{Min: time.Second}
	for send() != nil {
		time.Sleep(b.Duration()) // want `growth=exponential jitter=none delay=1s ceiling=10s$`
	}
}

func jittered(most time.Duration) {
	b := jpillora.Backoff{Jitter: true, Max: most, Factor: 1.5}
	for send() != nil {
		time.Sleep(b.Duration()) // want `growth=exponential jitter=random delay=100ms ceiling=some$`
	}
}

func fromOutside(b *jpillora.Backoff) {
	for send() != nil {
		time.Sleep(b.Duration()) // want `growth=opaque jitter=opaque`
	}
}

type client struct{ backoff backoff.BackOff }

func newClient() *client { return &client{backoff.NewConstantBackOff(time.Second)} }

func (c *client) run() {
	for send() != nil {
		time.Sleep(c.backoff.NextBackOff()) // want `growth=constant jitter=none delay=1s$`
	}
}

func next() {
	b := retry.NewFibonacci(time.Second)
	for send() != nil {
		d, stop := b.Next() // want `growth=exponential jitter=none delay=1s$`
		if stop {
			return
		}
		time.Sleep(d)
	}
}
