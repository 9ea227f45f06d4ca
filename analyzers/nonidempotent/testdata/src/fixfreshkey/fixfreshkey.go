// Package fixfreshkey gives each attempt a key of its own, and can be mended.
package fixfreshkey

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/avast/retry-go/v4"
	"github.com/google/uuid"
	"github.com/stripe/stripe-go/v82"
	"github.com/stripe/stripe-go/v82/paymentintent"
)

var client = &http.Client{Timeout: 5 * time.Second}

func inline(order string, params *stripe.PaymentIntentParams) error {
	var err error
	// Stripe is slow on Mondays.
	for i := 0; i < 5; i++ {
		params.SetIdempotencyKey(order + "-" + uuid.NewString()) // want `the key of SetIdempotencyKey is another one for each attempt`
		if _, err = paymentintent.New(params); err == nil {
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return err
}

func declared(body []byte) error {
	for i := 0; i < 3; i++ {
		key := uuid.New().String()
		req, err := http.NewRequest("POST", "http://shop/orders", bytes.NewReader(body))
		if err != nil {
			return err
		}
		req.Header.Set("Idempotency-Key", key) // want `Idempotency-Key is another one for each attempt`
		resp, err := client.Do(req)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second << i)
	}
	return errors.New("no order")
}

// Two loops of one function have two keys.
func both(first, second *stripe.PaymentIntentParams) error {
	var err error
	for i := 0; i < 5; i++ {
		first.SetIdempotencyKey(uuid.NewString()) // want `is another one for each attempt`
		if _, err = paymentintent.New(first); err == nil {
			break
		}
		time.Sleep(time.Second << i)
	}
	for i := 0; i < 5; i++ {
		second.SetIdempotencyKey(uuid.NewString()) // want `is another one for each attempt`
		if _, err = paymentintent.New(second); err == nil {
			break
		}
		time.Sleep(time.Second << i)
	}
	return err
}

func byLibrary(params *stripe.PaymentIntentParams) error {
	if err := retry.Do(func() error {
		params.SetIdempotencyKey(uuid.NewString()) // want `is another one for each attempt`
		_, err := paymentintent.New(params)
		return err
	}); err != nil {
		return fmt.Errorf("charge: %w", err)
	}
	return nil
}

// What only the attempt knows is part of the key: somebody has to say which part of it counts.
func numbered(params *stripe.PaymentIntentParams) error {
	var err error
	for i := 0; i < 5; i++ {
		params.SetIdempotencyKey(fmt.Sprintf("%s-%d", uuid.NewString(), i)) // want `is another one for each attempt`
		if _, err = paymentintent.New(params); err == nil {
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return err
}

// The name means something else ahead of the loop.
func shadowed(key string, params *stripe.PaymentIntentParams) error {
	err := errors.New(key)
	for i := 0; i < 5; i++ {
		key := uuid.NewString()
		params.SetIdempotencyKey(key) // want `is another one for each attempt`
		if _, err = paymentintent.New(params); err == nil {
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return err
}

// The server confirms, so that a second intent is a second payment.
func confirmed(params *stripe.PaymentIntentParams, yes bool) { params.Confirm = &yes }
