// Package intents makes payment intents that nobody confirms: the browser of the customer does.
package intents

import (
	"bytes"
	"errors"
	"net/http"
	"time"

	"github.com/stripe/stripe-go/v82"
	"github.com/stripe/stripe-go/v82/paymentintent"
	"github.com/stripe/stripe-go/v82/refund"
)

func intend(params *stripe.PaymentIntentParams) error {
	var err error
	for i := 0; i < 5; i++ {
		if _, err = paymentintent.New(params); err == nil {
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return err
}

// What was given back as a whole cannot be given back again.
func giveBack(intent string) error {
	var err error
	for i := 0; i < 5; i++ {
		if _, err = refund.New(&stripe.RefundParams{PaymentIntent: &intent}); err == nil {
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return err
}

// A notification is promised at least once.
func notifyOrder(body []byte) error {
	for i := 0; i < 5; i++ {
		resp, err := http.Post("http://shop/orders/created", "application/json", bytes.NewReader(body))
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second << i)
	}
	return errors.New("gave up")
}

// Another request confirms it, by its id.
func manually(amount int64) error {
	var err error
	for i := 0; i < 5; i++ {
		if _, err = paymentintent.New(&stripe.PaymentIntentParams{Confirm: stripe.Bool(false)}); err == nil {
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return err
}
