package retry

import "sync/atomic"

// Defaults of a [Budget].
const (
	// DefaultBudgetTokens is 10, the maxTokens of gRPC's retry throttling (A6).
	DefaultBudgetTokens = 10
	// DefaultBudgetRatio is 0.1, the tokenRatio of gRPC's retry throttling (A6): in the long
	// run one retry for ten calls that succeed.
	DefaultBudgetRatio = 0.1
)

// A Budget bounds the retries of all calls to one dependency together, so that a dependency
// that is down gets hardly more calls than without retries. It is a bucket of tokens: each
// attempt that fails takes one, each that succeeds gives a fraction of one back, and while half
// of them or more are gone, nothing is retried. It never makes a call wait. A nil *Budget
// allows everything.
//
// Make one for each dependency, and share it.
type Budget struct {
	tokens atomic.Int64 // in thousandths
	max    int64
	ratio  int64
}

const token = 1000

// NewBudget returns a full budget of that many tokens, of which each success gives back ratio.
// Values that are not positive mean [DefaultBudgetTokens] and [DefaultBudgetRatio].
func NewBudget(tokens, ratio float64) *Budget {
	if !(tokens > 0) {
		tokens = DefaultBudgetTokens
	}
	if !(ratio > 0) {
		ratio = DefaultBudgetRatio
	}
	const most = 1e12 // far beyond what makes sense, and far from an overflow
	b := &Budget{
		max:   max(1, int64(min(tokens, most)*token)),
		ratio: max(1, int64(min(ratio, most)*token)),
	}
	b.tokens.Store(b.max)
	return b
}

// Tokens returns how many tokens are left. Retries are allowed while it is more than half of
// what the budget was made with. A nil *Budget, which needs none, has 0.
func (b *Budget) Tokens() float64 {
	if b == nil {
		return 0
	}
	return float64(b.tokens.Load()) / token
}

func (b *Budget) allows() bool { return b == nil || b.tokens.Load() > b.max/2 }

// Success gives back a fraction of a token. [Do] calls it; it is for attempts that are made
// elsewhere.
func (b *Budget) Success() {
	if b != nil {
		b.add(b.ratio)
	}
}

// Failure takes a token. [Do] calls it; it is for attempts that are made elsewhere.
func (b *Budget) Failure() {
	if b != nil {
		b.add(-token)
	}
}

// add keeps the number of tokens between 0 and the maximum. A bucket that is full or empty is
// not written to.
func (b *Budget) add(n int64) {
	for {
		old := b.tokens.Load()
		sum := min(max(old+n, 0), b.max)
		if sum == old || b.tokens.CompareAndSwap(old, sum) {
			return
		}
	}
}
