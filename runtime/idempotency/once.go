package idempotency

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/resilint/resilint/runtime/retry"
)

// settleTimeout is how long the store gets to hear of the end of the work, whatever has become of
// the caller's context.
const settleTimeout = 5 * time.Second

// An Option changes what [Once] does by default.
type Option func(*options)

type options struct {
	claim  Request
	strict bool
	report func(ctx context.Context, key string, err error)
}

// WithLease sets how long a claim stays in flight: the longest that the work may take. Not positive
// means [DefaultLease].
func WithLease(d time.Duration) Option { return func(o *options) { o.claim.Lease = d } }

// WithTTL sets how long the result is kept. It must be more than the time over which the broker
// may deliver the message again. Not positive means [DefaultTTL].
func WithTTL(d time.Duration) Option { return func(o *options) { o.claim.TTL = d } }

// WithPayload makes a duplicate with the same key and another payload an [ErrMismatch], where the
// sender may use a key for two different things. The store gets the SHA-256 of the payload.
func WithPayload(payload []byte) Option {
	return func(o *options) { o.claim.Fingerprint = fingerprint(payload) }
}

// WithStrict returns an error where the work was done and the store could not be told: for callers
// that can undo the work then, by rolling a transaction back, say.
func WithStrict() Option { return func(o *options) { o.strict = true } }

// WithUnrecorded calls f where the work was done and the store could not be told, so that
// it may be done again: err is [ErrLost] or the store's. nil means that a warning is logged by the
// default logger of log/slog.
func WithUnrecorded(f func(ctx context.Context, key string, err error)) Option {
	return func(o *options) { o.report = f }
}

// Once calls f unless it was done for the key before, and returns its result: that of this call,
// or the stored one.
//
// The key names what is to happen once: the message's own id, and before it who handles it, and
// whose it is, since other handlers get the same message and other tenants choose the same ids;
// [Key] joins them. An id made by the handler is no key. "" is an [ErrKey].
//
// The error is that of f, and then the claim was abandoned: the next delivery calls f again. So it
// is when f panics or ends its goroutine. f gets ctx, which ends with the lease at the latest
// ([ErrLease]). If f returns no error, the work counts as done, also if ctx has ended meanwhile.
//
// Where f is not called, the error is [ErrInFlight], [ErrMismatch], [ErrResult], the store's, or
// the cause for which ctx has ended. A message that is in flight elsewhere must be delivered again
// later, since the other one may fail; retry.Redeliver has a delay for that. When the store does
// not answer, nothing is done.
//
// Results are stored as JSON: fields that are not exported are lost, and a type that JSON has
// nothing for, such as a channel, is an error before f is called. If a result cannot be encoded
// the work is finished without one, and duplicates get [ErrResult]; so they do when T has changed
// so that it cannot be decoded.
//
// If the work is done but the store cannot be told, also not a third time, there is no error
// either: it would make the broker deliver the message again, and the work would be done twice.
// [WithUnrecorded] is told, and [WithStrict] makes it an error.
func Once[T any](ctx context.Context, store Store, key string, f func(context.Context) (T, error), opts ...Option) (T, error) {
	var none T
	if err := encodable(none); err != nil {
		return none, err
	}
	o := new(options)
	for _, opt := range opts {
		opt(o)
	}
	r, err := begin(ctx, store, key, o)
	if err != nil {
		return none, err
	}
	if r.claim.State == Finished {
		return decode[T](r.claim.Result)
	}
	defer r.abandon() // unless it has finished
	within, cancel := r.withLease(ctx)
	defer cancel()
	v, err := f(within)
	if err != nil {
		return v, err
	}
	result, err := json.Marshal(v)
	if err != nil && o.strict {
		return v, fmt.Errorf("idempotency: %s: the result cannot be stored: %w", key, err)
	}
	return v, r.complete(ctx, result) // which is nil where there is none to be had
}

// encodable returns an error if JSON has nothing for the type of v.
func encodable(v any) error {
	var unsupported *json.UnsupportedTypeError
	if _, err := json.Marshal(v); errors.As(err, &unsupported) {
		return fmt.Errorf("idempotency: a result of this type cannot be stored: %w", err)
	}
	return nil
}

func decode[T any](result []byte) (v T, err error) {
	if err := json.Unmarshal(result, &v); err != nil {
		var none T
		return none, fmt.Errorf("%w: %w", ErrResult, err)
	}
	return v, nil
}

// run is one execution, or the result of an earlier one.
type run struct {
	store   Store
	key     string // as it was given
	claim   Claim
	o       *options
	ends    time.Time // its lease, at the latest
	settled bool      // the claim is not to be abandoned
}

// begin asks the store for a key. There is a run if the key is ours, or finished.
func begin(ctx context.Context, store Store, key string, o *options) (*run, error) {
	if key == "" {
		return nil, ErrKey
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if o.claim.Lease <= 0 {
		o.claim.Lease = DefaultLease
	}
	if o.claim.TTL <= 0 {
		o.claim.TTL = DefaultTTL
	}
	o.claim.Key = storable(key)
	r := &run{store: store, key: key, o: o, ends: time.Now().Add(o.claim.Lease)}
	var err error
	if r.claim, err = store.Begin(ctx, o.claim); err != nil {
		return nil, fmt.Errorf("idempotency: %s: %w", key, err)
	}
	switch r.claim.State {
	case Claimed:
		if ctx.Err() != nil {
			r.abandon()
			return nil, context.Cause(ctx)
		}
		return r, nil
	case Finished:
		return r, nil
	case InFlight:
		return nil, &InFlightError{Key: key, RetryIn: r.claim.Left}
	case Mismatch:
		return nil, fmt.Errorf("%w: %s", ErrMismatch, key)
	}
	return nil, fmt.Errorf("idempotency: %s: the store says %v", key, r.claim.State)
}

// withLease returns the context of the work.
func (r *run) withLease(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithDeadlineCause(ctx, r.ends, ErrLease)
}

// complete tells the store that the work was done. It tries more than once, but in a transaction,
// which is over when something in it has failed. Whatever comes of it, what was done is not given
// back, unless the caller can undo it.
func (r *run) complete(ctx context.Context, result []byte) error {
	p := retry.Policy{}
	if r.o.strict {
		p.MaxAttempts = 1
	}
	within, cancel := settle(ctx)
	defer cancel()
	err := retry.Do(within, p, func(ctx context.Context) error {
		err := r.store.Complete(ctx, r.claim, result)
		if errors.Is(err, ErrLost) {
			return retry.Permanent(err)
		}
		return err
	})
	switch {
	case err == nil:
		r.settled = true
		return nil
	case r.o.strict:
		return fmt.Errorf("idempotency: %s: %w", r.key, err)
	}
	r.settled = true
	if r.o.report != nil {
		r.o.report(ctx, r.key, err)
		return nil
	}
	slog.WarnContext(ctx, "idempotency: done, but the store does not know of it, so it may be done again", "key", r.key, "err", err)
	return nil
}

// abandon gives the claim back, unless the work was done. If the store cannot be told, the lease
// runs out.
func (r *run) abandon() {
	if r.settled {
		return
	}
	r.settled = true
	ctx, cancel := settle(context.Background())
	defer cancel()
	_ = r.store.Abandon(ctx, r.claim)
}

// settle returns a context to tell the store of the end of the work, which must hear of it also
// if the caller has left.
func settle(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
}
