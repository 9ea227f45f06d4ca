// Package partners stands in for the companies MusicCorp works with: the
// payment provider, the carrier, the label and the supplier.
package partners

import (
	"errors"
	"net/http"

	"github.com/musiccorp/musiccorp/internal/id"
	"github.com/musiccorp/musiccorp/internal/web"
)

const (
	// CreditLimit is the amount, in cents, above which the payment provider
	// declines a charge.
	CreditLimit = 500_00
	// MaxParcel is the number of records the carrier takes in one parcel.
	MaxParcel = 20
)

// Album is an entry of the label's feed.
type Album struct {
	SKU        string `json:"sku"`
	Artist     string `json:"artist"`
	Title      string `json:"title"`
	PriceCents int    `json:"priceCents"`
}

var feed = []Album{
	{SKU: "give-blood", Artist: "Brakes", Title: "Give Blood", PriceCents: 19_99},
	{SKU: "touchdown", Artist: "Brakes", Title: "Touchdown", PriceCents: 17_99},
	{SKU: "seven-inch", Artist: "Various", Title: "The Seven Inch", PriceCents: 4_50},
	{SKU: "complete-works", Artist: "Various", Title: "The Complete Works", PriceCents: 199_00},
}

// Handler serves all of them.
func Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ping", web.Live)
	mux.HandleFunc("POST /charges", charge)
	mux.HandleFunc("POST /charges/{id}/refund", refund)
	mux.HandleFunc("POST /parcels", book)
	mux.HandleFunc("GET /parcels/{tracking}", track)
	mux.HandleFunc("POST /purchase-orders", purchase)
	mux.HandleFunc("GET /feed", func(w http.ResponseWriter, _ *http.Request) { web.JSON(w, http.StatusOK, feed) })
	return mux
}

func charge(w http.ResponseWriter, r *http.Request) {
	var ch struct {
		ID          string `json:"id"`
		Reference   string `json:"reference"`
		AmountCents int    `json:"amountCents"`
	}
	if err := web.Decode(w, r, &ch); err != nil {
		web.Fail(w, http.StatusBadRequest, err)
		return
	}
	if ch.AmountCents > CreditLimit {
		web.Fail(w, http.StatusPaymentRequired, errors.New("card declined"))
		return
	}
	ch.ID = id.New("ch")
	web.JSON(w, http.StatusCreated, ch)
}

func refund(w http.ResponseWriter, r *http.Request) {
	web.JSON(w, http.StatusOK, map[string]string{"id": r.PathValue("id"), "state": "refunded"})
}

func book(w http.ResponseWriter, r *http.Request) {
	var p struct {
		Tracking  string `json:"tracking"`
		Reference string `json:"reference"`
		Items     int    `json:"items"`
	}
	if err := web.Decode(w, r, &p); err != nil {
		web.Fail(w, http.StatusBadRequest, err)
		return
	}
	if p.Items > MaxParcel {
		web.Fail(w, http.StatusUnprocessableEntity, errors.New("too many records for a parcel"))
		return
	}
	p.Tracking = id.New("trk")
	web.JSON(w, http.StatusCreated, p)
}

func track(w http.ResponseWriter, r *http.Request) {
	web.JSON(w, http.StatusOK, map[string]string{"tracking": r.PathValue("tracking"), "state": "awaiting pickup"})
}

func purchase(w http.ResponseWriter, r *http.Request) {
	var po struct {
		Number   string `json:"number"`
		SKU      string `json:"sku"`
		Quantity int    `json:"quantity"`
	}
	if err := web.Decode(w, r, &po); err != nil {
		web.Fail(w, http.StatusBadRequest, err)
		return
	}
	po.Number = id.New("po")
	web.JSON(w, http.StatusCreated, po)
}
