package ctxpass

import (
	"context"
	"os"
	"os/signal"
	"time"
)

// Timers cancel these: silent.

func timerOutside() {
	ctx, cancel := context.WithCancel(context.Background())
	timer := time.NewTimer(time.Second)
	go func() { <-timer.C; cancel() }()
	fetch(ctx, "a")
}

func selected() {
	ctx, cancel := context.WithCancel(context.Background())
	errc := make(chan error, 1)
	go func() { errc <- fetch(ctx, "a") }()
	select {
	case <-errc:
	case <-time.After(time.Second):
		cancel()
	}
}

func afterFunc(d time.Duration) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	t := time.AfterFunc(d, func() { println("late"); cancel() })
	defer t.Stop()
	fetch(ctx, "a")
}

func watchdog(cancel func()) {
	time.Sleep(time.Second)
	cancel()
}

func watched() {
	ctx, cancel := context.WithCancel(context.Background())
	go watchdog(cancel)
	fetch(ctx, "a")
}

func handed(keep func(func())) {
	ctx, cancel := context.WithCancel(context.Background())
	keep(cancel)
	fetch(ctx, "a")
}

// A signal is no timer.
func interrupted() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	go func() { <-signals; cancel() }()
	fetch(ctx, "a") // want `no deadline`
}

// Neither is a wait for something else in the function that cancels at its end.
func deferred() error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	time.Sleep(time.Second)
	return fetch(ctx, "a") // want `no deadline`
}
