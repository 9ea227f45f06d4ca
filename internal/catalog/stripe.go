package catalog

import (
	"go/types"
	"strings"

	"github.com/resilint/resilint/internal/regexp"
)

const stripe = "github.com/stripe/stripe-go"

// stripe-go makes a key of its own for each call that has none (stripe.go, newRequest): two calls are
// two charges.
var _ = carry(&Traffic{
	Path:    stripe,
	Version: "v82.5.1",
	Source:  "BackendImplementation.NewRequest, Params.SetIdempotencyKey; webhook.ConstructEvent",
	Name:    "Stripe",
	Again:   "until it gets a 2xx, for up to three days",
	Keys:    []Key{{Name: stripe + ".Params.SetIdempotencyKey", Value: Arg0}},
	Signs: []string{
		stripe + "/webhook.ConstructEvent", stripe + "/webhook.ConstructEventWithTolerance", stripe + "/webhook.ConstructEventWithOptions",
		stripe + "/webhook.ConstructEventIgnoringTolerance", stripe + "/webhook.ValidatePayload", stripe + "/webhook.ValidatePayloadWithTolerance",
		stripe + ".ConstructEvent",
	},
	IDs: []string{stripe + ".Event.ID", stripe + ".EventRequest.IdempotencyKey"},
})

// moneyPackages are those whose New moves money, and moneyServices the types of the stripe.Client whose Create
// does. What is captured, confirmed, paid or reversed is there already, and has a state: Stripe refuses it the
// second time.
var (
	moneyPackages = regexp.MustCompile(`/(charge|paymentintent|refund|payout|transfer|invoice|invoiceitem|topup|creditnote|sub|subscription|customerbalancetransaction)$`)
	moneyServices = regexp.MustCompile(`\.v1(Charge|PaymentIntent|Refund|Payout|Transfer|Invoice|InvoiceItem|Topup|CreditNote|Subscription|CustomerBalanceTransaction)Service$`)
)

var (
	stripePays = Deed{Kind: Pays}
	// A payment intent that nobody confirms is no payment yet: the customer's browser does it, once.
	stripeIntends = Deed{Kind: Pays, IfSet: "Confirm"}
	// A subscription that is incomplete at first is paid by its first payment intent, which the customer's browser
	// confirms. One that nobody confirms expires.
	stripeSubscribes = Deed{Kind: Pays, UnlessSet: "PaymentBehavior", UnlessTo: "default_incomplete"}
	// A charge that was given back as a whole cannot be given back again.
	stripeRefunds = Deed{Kind: Pays, IfSet: "Amount"}
)

func stripeDeed(fn *types.Func) *Deed {
	switch fn.Name() {
	case "New", "Create":
		switch {
		case makes(fn, "/paymentintent", ".v1PaymentIntentService"):
			return &stripeIntends
		case makes(fn, "/sub", ".v1SubscriptionService"), makes(fn, "/subscription", ".v1SubscriptionService"):
			return &stripeSubscribes
		case makes(fn, "/refund", ".v1RefundService"):
			return &stripeRefunds
		}
		if moneyPackages.MatchString(Path(fn.Pkg().Path())) {
			return &stripePays
		}
		if recv := fn.Signature().Recv(); recv != nil && moneyServices.MatchString(TypeName(recv.Type())) {
			return &stripePays
		}
	}
	return nil
}

// makes reports whether fn is one of the package, or a method of the service, of a name.
func makes(fn *types.Func, pkg, service string) bool {
	recv := fn.Signature().Recv()
	return strings.HasSuffix(Path(fn.Pkg().Path()), pkg) || recv != nil && strings.HasSuffix(TypeName(recv.Type()), service)
}
