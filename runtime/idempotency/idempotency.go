// Package idempotency lets what may be asked for twice happen once. Every broker delivers at
// least once, every sender of webhooks repeats itself, and a client that got no answer sends its
// POST again: the second delivery is not an error of anybody, and it must not charge a card again.
//
// [Once] is for consumers:
//
//	receipt, err := idempotency.Once(ctx, store, idempotency.Key("payments", msg.ID),
//		func(ctx context.Context) (Receipt, error) { return charge(ctx, order) })
//	if errors.Is(err, idempotency.ErrInFlight) { … } // give the message back, with a delay
//
// [Middleware] is for HTTP requests that carry an Idempotency-Key.
//
// What is known of a key is in a [Store]: [NewMemory] for one process, package sqlstore for a
// database, the module redisstore for Redis. A key is claimed before the work begins. Such a claim
// is in one of three states:
//
//   - in flight: somebody works on it. Duplicates are turned away ([ErrInFlight]), until its
//     lease runs out.
//   - finished: the work was done, and duplicates get the stored result, until its TTL is over.
//   - abandoned: the work failed, panicked or was cancelled, or its lease ran out. The next one
//     to come claims it again.
//
// Each claim has a token of its own, by which the store knows it: an owner whose lease has run out
// and whose claim was taken over can neither finish nor abandon the claim of its successor.
//
// # What it does not promise
//
// A process that dies after the effect and before the store has heard of it leaves a claim in
// flight, and once its lease runs out the work is done again. No store can help that which is
// apart from the effect; where both are in one database, sqlstore.OnceTx puts them into one
// transaction. Nor does it help with what outlives the TTL, or a store that loses what it was
// told.
package idempotency

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/resilint/resilint/runtime/resilience"
)

// Defaults of claims.
const (
	// DefaultLease is 60 s, after which a claim in flight may be taken over: ours; twice the
	// 30 s that is the usual limit of a request or a message. The work's context ends with it.
	DefaultLease = 60 * time.Second
	// DefaultTTL is 24 h, for which a result is kept: what Stripe keeps keys for at least.
	// It must be more than the time over which the broker or client may repeat itself.
	DefaultTTL = 24 * time.Hour
	// MaxKey is 255, the length of the longest key that clients may send, in bytes: Stripe's
	// limit. It is also the longest that a [Store] is given.
	MaxKey = 255
)

// Errors of this package, for errors.Is.
var (
	// ErrInFlight: somebody else works on the key, or has died and holds it until the lease
	// runs out. Come again later; never acknowledge a message for this. The error is an
	// [*InFlightError].
	ErrInFlight = errors.New("in flight elsewhere")
	// ErrMismatch: the key was used before, with something else.
	ErrMismatch error = ignored("idempotency: the key was used with another payload")
	// ErrKey: there is no key. What would be done for it would be taken for everything else
	// without a key.
	ErrKey error = ignored("idempotency: the key is empty")
	// ErrResult: the work was done, but its result cannot be had: it could not be stored, or
	// does not fit the type that is asked for. The work is not done again.
	ErrResult error = ignored("idempotency: done before, but its result cannot be had")
	// ErrLost: the claim is no longer its owner's. Its lease ran out, and it was taken over.
	ErrLost = errors.New("idempotency: the claim was lost to another one")
	// ErrFull: the store holds as many claims as it may, all of them in flight.
	ErrFull = errors.New("idempotency: the store is full of claims in flight")
	// ErrLease is the cause for which the context of the work ends with its lease.
	ErrLease = fmt.Errorf("idempotency: the lease has run out: %w", context.DeadlineExceeded)
)

// ignored is an error that no other attempt mends, and that says nothing about a dependency.
type ignored string

func (e ignored) Error() string { return string(e) }

// Outcome returns resilience.Ignore.
func (e ignored) Outcome() resilience.Outcome { return resilience.Ignore }

// InFlightError is the error of a duplicate that came while the first one was under way. It is an
// [ErrInFlight] to errors.Is.
type InFlightError struct {
	Key string
	// RetryIn is when the claim may be taken over at the latest, from the time of the error:
	// what is left of its lease. It is usually finished long before.
	RetryIn time.Duration
}

// Error says which key is in flight, and for how long at most.
func (e *InFlightError) Error() string {
	return fmt.Sprintf("idempotency: %s: %v, for %v at most", e.Key, ErrInFlight, e.RetryIn.Round(time.Millisecond))
}

// Unwrap returns [ErrInFlight].
func (e *InFlightError) Unwrap() error { return ErrInFlight }

// Outcome returns resilience.Ignore: to come again at once is of no use.
func (e *InFlightError) Outcome() resilience.Outcome { return resilience.Ignore }

// A State is what [Store.Begin] found.
type State uint8

const (
	// Claimed: the key is the caller's now, who must finish or abandon it.
	Claimed State = iota + 1
	// InFlight: the key is somebody else's, whose lease has not run out.
	InFlight
	// Finished: the work was done, and its result is here.
	Finished
	// Mismatch: the key was used with another fingerprint.
	Mismatch
)

// String returns "claimed", "in flight", "finished" or "mismatch".
func (s State) String() string {
	switch s {
	case Claimed:
		return "claimed"
	case InFlight:
		return "in flight"
	case Finished:
		return "finished"
	case Mismatch:
		return "mismatch"
	}
	return "unknown"
}

// A Request asks a [Store] for a key. [Once] and [Middleware] make it.
type Request struct {
	// Key is at most [MaxKey] bytes of valid UTF-8 without control characters.
	Key string
	// Fingerprint tells payloads apart, in at most 64 bytes of ASCII. "" stands for any.
	Fingerprint string
	// Lease is how long a claim stays in flight.
	Lease time.Duration
	// TTL is how long it is kept after it has finished, or after its lease has run out.
	TTL time.Duration
}

// A Claim is the answer to a [Request].
type Claim struct {
	Key   string
	State State
	// Token tells this claim from all others of the same key. Only for Claimed.
	Token string
	// TTL is that of the request.
	TTL time.Duration
	// Left is what is left of the lease. Only for InFlight.
	Left time.Duration
	// Result is what the claim was finished with. Only for Finished.
	Result []byte
}

// A Store knows which keys are in flight, and what the finished ones have come to. It must do so
// for all processes that may be asked for the same, and its methods are safe for concurrent use.
// Package storetest tests one.
type Store interface {
	// Begin claims a key which is new, was abandoned, or whose TTL is over; or, with the same
	// fingerprint, one whose lease has run out. Of several at the same time one gets it. The
	// error is the store's, and nothing is claimed then, as far as it knows.
	Begin(ctx context.Context, r Request) (Claim, error)
	// Complete finishes a claim, for its TTL from now. The error is [ErrLost] if somebody else
	// has it, or had it since. That its lease has run out is no error as long as nobody has
	// taken it over.
	Complete(ctx context.Context, c Claim, result []byte) error
	// Abandon gives a claim back, so that the next one to come gets it. The error is [ErrLost]
	// if somebody else has it or had it since, and if it is finished.
	Abandon(ctx context.Context, c Claim) error
}
