// Package freshkey gives each attempt a key of its own.
package freshkey

import (
	"bytes"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/stripe/stripe-go/v82"
	"github.com/stripe/stripe-go/v82/paymentintent"
)

var client = &http.Client{Timeout: 5 * time.Second}

func post(body []byte) (*http.Response, error) {
	req, err := http.NewRequest("POST", "http://shop/orders", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Idempotency-Key", uuid.New().String()) // want `Idempotency-Key is another one for each attempt, so its receiver takes them for different requests: when only the answer was lost, it is done twice; make the key once, before the first attempt`
	return client.Do(req)
}

func submit(body []byte) error {
	for i := 0; i < 3; i++ {
		resp, err := post(body)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second << i)
	}
	return nil
}

func charge(params *stripe.PaymentIntentParams) error {
	var err error
	for i := 0; i < 5; i++ {
		params.SetIdempotencyKey("charge-" + uuid.NewString()) // want `the key of SetIdempotencyKey is another one for each attempt`
		if _, err = paymentintent.New(params); err == nil {
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return err
}

func before(params *stripe.PaymentIntentParams) error {
	key := uuid.NewString()
	var err error
	for i := 0; i < 5; i++ {
		params.SetIdempotencyKey(key)
		if _, err = paymentintent.New(params); err == nil {
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return err
}

// A request id is for logs.
func traced(req *http.Request) error {
	for i := 0; i < 3; i++ {
		req.Header.Set("X-Request-Id", uuid.NewString())
		resp, err := client.Do(req)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second << i)
	}
	return nil
}

// The server confirms, so that a second intent is a second payment.
func confirmed(params *stripe.PaymentIntentParams, yes bool) { params.Confirm = &yes }
