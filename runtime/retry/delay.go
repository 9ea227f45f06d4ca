package retry

import (
	"math/rand/v2"
	"time"
)

func (p *Policy) maxAttempts() int {
	if p.MaxAttempts == 0 {
		return DefaultMaxAttempts
	}
	return max(1, p.MaxAttempts)
}

func (p *Policy) cap() time.Duration {
	if p.Cap <= 0 {
		return DefaultCap
	}
	return p.Cap
}

// delay returns what to wait after the n-th attempt: full jitter, which is anything from 0 to
// the capped exponential.
func (p *Policy) delay(n int) time.Duration {
	base := p.Base
	if base <= 0 {
		base = DefaultBase
	}
	return upTo(exponential(base, p.cap(), n))
}

// exponential returns base·2ⁿ⁻¹, and not more than limit.
func exponential(base, limit time.Duration, n int) time.Duration {
	shift := max(0, n-1)
	if shift >= 63 || base > limit>>shift {
		return limit
	}
	return base << shift
}

// upTo returns a duration from 0 to d, both included, each as likely as the others.
func upTo(d time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	return time.Duration(rand.Uint64N(uint64(d) + 1))
}

const (
	redeliverBase = time.Second
	redeliverCap  = 5 * time.Minute
)

// Redeliver returns how long a broker is to wait before it delivers a message again whose
// handling failed: between 0.5 s and 1 s after the first delivery (attempt 1), twice that after
// each further one, and never more than 5 minutes. It is for the delay of a negative
// acknowledgement (JetStream's NakWithDelay), a visibility timeout (SQS) or a delay queue
// (AMQP). Half of it is fixed, so that a poison message never spins.
//
// The values are ours: a dependency that restarts is back within the first few of them.
func Redeliver(attempt int) time.Duration {
	d := exponential(redeliverBase, redeliverCap, attempt)
	return d/2 + upTo(d-d/2)
}
