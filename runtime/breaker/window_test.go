package breaker

import (
	"sync"
	"testing"
)

func TestWindowSlides(t *testing.T) {
	w := &window{width: 10}
	for now := int64(0); now < 100; now++ {
		w.add(now, now%2 == 0)
	}
	for _, c := range []struct {
		now        int64
		ok, failed int
	}{{99, 50, 50}, {100, 45, 45}, {149, 25, 25}, {189, 5, 5}, {199, 0, 0}, {10_000, 0, 0}} {
		if ok, failed := w.sum(c.now); ok != c.ok || failed != c.failed {
			t.Errorf("at %d: %d and %d, want %d and %d", c.now, ok, failed, c.ok, c.failed)
		}
	}
}

// A call that was slow to be counted must not take a bucket away from later ones.
func TestWindowLateCall(t *testing.T) {
	w := &window{width: 10}
	w.add(105, true)
	w.add(5, true) // the same bucket, ten buckets earlier
	if ok, failed := w.sum(105); ok != 0 || failed != 1 {
		t.Errorf("%d and %d, want only the later call", ok, failed)
	}
}

// Counters that are full keep their ratio.
func TestBucketFull(t *testing.T) {
	b := newBucket(7, counterMask, counterMask/4).with(true)
	if b.epoch() != 7 || b.ok() != counterMask/2 || b.failed() != counterMask/4/2+1 {
		t.Errorf("epoch %d, %d and %d", b.epoch(), b.ok(), b.failed())
	}
}

// Epochs wrap around after 2²⁴ buckets, half a year of seconds.
func TestWindowEpochWraps(t *testing.T) {
	w := &window{width: 1}
	end := int64(epochMask) - 4
	for i := range int64(20) {
		w.add(end+i, true)
		if _, failed := w.sum(end + i); failed != int(min(i+1, buckets)) {
			t.Fatalf("step %d: %d failures, want %d", i, failed, min(i+1, buckets))
		}
	}
}

func TestWindowCountsEveryCall(t *testing.T) {
	w := &window{width: 1 << 40}
	var wg sync.WaitGroup
	for range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 1000 {
				w.add(1, i%4 == 0)
			}
		}()
	}
	wg.Wait()
	if ok, failed := w.sum(1); ok != 6000 || failed != 2000 {
		t.Errorf("%d and %d, want 6000 and 2000", ok, failed)
	}
}

// A window that was left alone for as long as it likes counts again at once; or after twice its
// length, if that was by chance a multiple of what the epochs take to go round.
func TestWindowAfterIdleTime(t *testing.T) {
	for _, idle := range []int64{10, 1 << 20, 1<<23 - 30, 1 << 23, 1<<23 + 30, 1<<24 - 30, 1<<24 + 30, 5 << 23} {
		w := &window{width: 1}
		w.add(7, true)
		w.add(7+idle, true)
		if _, failed := w.sum(7 + idle); failed != 1 {
			t.Errorf("after %d buckets: %d failures of 1", idle, failed)
		}
	}
	w := &window{width: 1}
	for i := range int64(buckets) {
		w.add(1000+i, true)
	}
	again := int64(1<<24) + 1000 - buckets
	for i := range int64(4 * buckets) {
		w.add(again+i, true)
	}
	if _, failed := w.sum(again + 4*buckets - 1); failed != buckets {
		t.Errorf("after a whole round: %d failures, want %d", failed, buckets)
	}
}
