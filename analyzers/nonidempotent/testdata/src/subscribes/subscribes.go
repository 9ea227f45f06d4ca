// Package subscribes makes subscriptions that are paid at once.
package subscribes

import (
	"github.com/gin-gonic/gin"
	"github.com/stripe/stripe-go/v82"
	"github.com/stripe/stripe-go/v82/subscription"
)

func routes(g *gin.RouterGroup) { g.POST("/subscriptions", pay) }

func pay(c *gin.Context) { // want `each request moves money`
	subscription.New(&stripe.SubscriptionParams{
		Customer:        stripe.String("c"),
		PaymentBehavior: stripe.String("error_if_incomplete"),
	})
}
