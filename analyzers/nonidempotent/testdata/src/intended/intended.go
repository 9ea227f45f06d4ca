// Package intended makes payment intents in two ways: one that the customer's browser confirms, and one that is
// confirmed as it is made.
package intended

import (
	"github.com/gin-gonic/gin"
	"github.com/stripe/stripe-go/v82"
	"github.com/stripe/stripe-go/v82/paymentintent"
)

func routes(g *gin.RouterGroup) {
	g.POST("/payments", prepare)
	g.POST("/charges", charge)
	g.POST("/payments/helped", helped)
}

// No money moves until the browser confirms it.
func prepare(c *gin.Context) {
	params := &stripe.PaymentIntentParams{Amount: new(int64)}
	paymentintent.New(params)
}

func charge(c *gin.Context) { // want `each request moves money`
	params := &stripe.PaymentIntentParams{Amount: new(int64)}
	params.Confirm = new(bool)
	paymentintent.New(params)
}

// Who fills it in may have it confirmed.
func helped(c *gin.Context) { // want `each request moves money`
	params := &stripe.PaymentIntentParams{Amount: new(int64)}
	fill(params)
	paymentintent.New(params)
}

func fill(params *stripe.PaymentIntentParams) { params.Confirm = new(bool) }
