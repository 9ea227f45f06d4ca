package breaker

import "sync/atomic"

// buckets is how many parts a window slides in.
const buckets = 10

// A bucket is one word, so that a call is counted with one atomic operation: an epoch of 24
// bits, and two counters of 20.
const (
	counterBits = 20
	counterMask = 1<<counterBits - 1
	epochMask   = 1<<24 - 1
)

// lateBuckets is how many buckets late a call may be counted. One that is further behind than that
// is far ahead, of a bucket that was left alone while the epochs went round.
const lateBuckets = 2 * buckets

type bucket uint64

func newBucket(epoch uint64, ok, failed uint64) bucket {
	return bucket(epoch<<(2*counterBits) | ok<<counterBits | failed)
}

func (b bucket) epoch() uint64  { return uint64(b >> (2 * counterBits)) }
func (b bucket) ok() uint64     { return uint64(b >> counterBits & counterMask) }
func (b bucket) failed() uint64 { return uint64(b & counterMask) }

// with returns the bucket with one more call. Counters that are full are halved, both: what
// matters is their ratio.
func (b bucket) with(failed bool) bucket {
	ok, bad := b.ok(), b.failed()
	if ok == counterMask || bad == counterMask {
		ok, bad = ok/2, bad/2
	}
	if failed {
		bad++
	} else {
		ok++
	}
	return newBucket(b.epoch(), ok, bad)
}

// window counts the calls of the last ten buckets of time.
type window struct {
	width   int64 // of a bucket, in nanoseconds
	buckets [buckets]atomic.Uint64
}

// add counts a call that ended at now.
func (w *window) add(now int64, failed bool) {
	n := uint64(now / w.width)
	epoch := n & epochMask
	slot := &w.buckets[n%buckets]
	for {
		old := slot.Load()
		b := bucket(old)
		if ahead := (b.epoch() - epoch) & epochMask; ahead != 0 {
			if ahead < lateBuckets && old != 0 {
				return // later calls have the bucket already
			}
			b = newBucket(epoch, 0, 0)
		}
		if slot.CompareAndSwap(old, uint64(b.with(failed))) {
			return
		}
	}
}

// sum returns the calls of the window that ends at now.
func (w *window) sum(now int64) (ok, failed int) {
	epoch := uint64(now/w.width) & epochMask
	for i := range w.buckets {
		b := bucket(w.buckets[i].Load())
		if (epoch-b.epoch())&epochMask < buckets {
			ok += int(b.ok())
			failed += int(b.failed())
		}
	}
	return ok, failed
}

// clear forgets all calls.
func (w *window) clear() {
	for i := range w.buckets {
		w.buckets[i].Store(0)
	}
}
