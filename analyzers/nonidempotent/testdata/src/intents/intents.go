// Package intents makes payment intents that nobody confirms: the browser of the customer does.
package intents

import (
	"time"

	"github.com/stripe/stripe-go/v82"
	"github.com/stripe/stripe-go/v82/paymentintent"
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
