// Package unsafekey attempts again what can be given a key.
package unsafekey

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/stripe/stripe-go/v82"
	"github.com/stripe/stripe-go/v82/paymentintent"
)

var client = &http.Client{Timeout: 5 * time.Second}

func createOrder(ctx context.Context, body []byte) error {
	for i := 0; i < 3; i++ {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://shop/orders", bytes.NewReader(body))
		if err != nil {
			return err
		}
		resp, err := client.Do(req) // want `this POST is made up to 3 times`
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second << i)
	}
	return errors.New("no order")
}

func charge(params *stripe.PaymentIntentParams) error {
	var err error
	for i := 0; i < 5; i++ {
		if _, err = paymentintent.New(params); err == nil { // want `this payment is made up to 5 times`
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return err
}

// There is no request to put a header into.
func createByPost(url string, body []byte) error {
	for i := 0; i < 3; i++ {
		resp, err := client.Post("http://shop/orders", "application/json", bytes.NewReader(body)) // want `this POST is made up to 3 times`
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second << i)
	}
	return nil
}

// The server confirms, so that a second intent is a second payment.
func confirmed(params *stripe.PaymentIntentParams, yes bool) { params.Confirm = &yes }
