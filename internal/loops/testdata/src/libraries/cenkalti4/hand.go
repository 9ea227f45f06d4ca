package cenkalti4

import (
	"log"
	"time"

	"github.com/cenkalti/backoff/v4"
)

func spins() {
	b := backoff.NewExponentialBackOff()
	for { // want `^cenkalti/backoff: after 15 minutes NextBackOff returns backoff.Stop, which is -1: the loop does not wait any more, and spins$`
		if send() == nil {
			return
		}
		d := b.NextBackOff()
		log.Println(d)
		time.Sleep(d)
	}
}

func spinsInSelect(b backoff.BackOff, done chan struct{}) {
	limited := backoff.WithMaxRetries(&backoff.ZeroBackOff{}, 3)
	for { // want `when its attempts are used up NextBackOff returns backoff.Stop`
		if send() == nil {
			return
		}
		select {
		case <-done:
			return
		case <-time.After(limited.NextBackOff()):
		}
	}
}

func spinsInHelper() {
	b := backoff.NewExponentialBackOff()
	b.MaxElapsedTime = time.Hour
	for send() != nil { // want `when its time is over NextBackOff returns backoff.Stop`
		pause(b.NextBackOff())
	}
}

func pause(d time.Duration) { time.Sleep(d) }

func compares() {
	b := backoff.NewExponentialBackOff()
	for send() != nil {
		d := b.NextBackOff()
		if d == backoff.Stop {
			return
		}
		time.Sleep(d)
	}
}

func neverStops() {
	b := backoff.NewExponentialBackOff()
	b.MaxElapsedTime = 0
	for send() != nil {
		time.Sleep(b.NextBackOff())
	}
}

func counts() {
	b := backoff.NewExponentialBackOff()
	for i := 0; i < 3; i++ {
		if send() == nil {
			return
		}
		time.Sleep(b.NextBackOff())
	}
}

func notSeen(b backoff.BackOff) {
	for send() != nil {
		time.Sleep(b.NextBackOff())
	}
}

func countsInside(limit int) {
	b := backoff.NewExponentialBackOff()
	attempts := 0
	for attempts < limit {
		attempts++
		if send() == nil {
			return
		}
		time.Sleep(b.NextBackOff())
	}
}

func countsAndLeaves() {
	b := backoff.NewExponentialBackOff()
	attempts := 0
	for {
		if send() == nil {
			return
		}
		if attempts++; attempts > 5 {
			return
		}
		time.Sleep(b.NextBackOff())
	}
}

func countsForTheLog() {
	b := backoff.NewExponentialBackOff()
	attempts := 0
	for { // want `after 15 minutes NextBackOff returns backoff.Stop`
		if send() == nil {
			return
		}
		if attempts++; attempts > 5 {
			log.Println("still failing")
		}
		time.Sleep(b.NextBackOff())
	}
}

func countsOthers(limit int) {
	b := backoff.NewExponentialBackOff()
	sent := 0
	for sent < limit { // want `after 15 minutes NextBackOff returns backoff.Stop`
		if send() != nil {
			time.Sleep(b.NextBackOff())
			continue
		}
		sent++
	}
}
