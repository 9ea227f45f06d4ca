// Package subscriptions makes subscriptions whose first payment the customer's browser confirms.
package subscriptions

import (
	"github.com/gin-gonic/gin"
	"github.com/stripe/stripe-go/v82"
	"github.com/stripe/stripe-go/v82/subscription"
)

func routes(g *gin.RouterGroup) { g.POST("/subscriptions", prepare) }

func prepare(c *gin.Context) {
	subscription.New(&stripe.SubscriptionParams{
		Customer:        stripe.String("c"),
		PaymentBehavior: stripe.String("default_incomplete"),
	})
}
