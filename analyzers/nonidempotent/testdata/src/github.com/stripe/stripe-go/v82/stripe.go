// Package stripe is a stub.
package stripe

type Params struct{ IdempotencyKey *string }

func (p *Params) SetIdempotencyKey(val string) {}

type PaymentIntentParams struct {
	Params
	Amount  *int64
	Confirm *bool
}

type PaymentIntent struct{ ID string }

type Event struct {
	ID   string
	Type string
	Data []byte
}

type RefundParams struct {
	Params
	Amount        *int64
	PaymentIntent *string
}

type Refund struct{ ID string }

type SubscriptionParams struct {
	Params
	Customer        *string
	PaymentBehavior *string
}

type Subscription struct{ ID string }

func String(v string) *string { return &v }
func Bool(v bool) *bool       { return &v }
