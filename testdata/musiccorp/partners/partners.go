// Package partners stands in for the companies MusicCorp works with: the
// payment provider, the carrier, the label, the supplier and the mail provider.
package partners

import (
	"errors"
	"net/http"
	"sync"

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

// Charge is money that the payment provider has taken.
type Charge struct {
	ID          string `json:"id"`
	Reference   string `json:"reference"`
	AmountCents int    `json:"amountCents"`
	Refunded    bool   `json:"refunded"`
}

// Parcel is something that the carrier will collect.
type Parcel struct {
	Tracking  string `json:"tracking"`
	Reference string `json:"reference"`
	Items     int    `json:"items"`
}

// Mail is what the mail provider has sent.
type Mail struct {
	To        string `json:"to"`
	Reference string `json:"reference"`
	Text      string `json:"text"`
}

// Books are what the partners have done for MusicCorp, and will want to be paid
// for.
type Books struct {
	Charges []Charge `json:"charges"`
	Parcels []Parcel `json:"parcels"`
	Mails   []Mail   `json:"mails"`
}

type companies struct {
	mu    sync.Mutex
	books Books
	keys  map[string]Charge // by Idempotency-Key
}

// Handler serves all of them.
func Handler() http.Handler {
	c := &companies{keys: make(map[string]Charge)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ping", web.Live)
	mux.HandleFunc("GET /books", c.show)
	mux.HandleFunc("POST /charges", c.charge)
	mux.HandleFunc("POST /charges/{id}/refund", c.refund)
	mux.HandleFunc("POST /parcels", c.book)
	mux.HandleFunc("GET /parcels/{tracking}", track)
	mux.HandleFunc("POST /mails", c.mail)
	mux.HandleFunc("POST /purchase-orders", purchase)
	mux.HandleFunc("GET /feed", func(w http.ResponseWriter, _ *http.Request) { web.JSON(w, http.StatusOK, feed) })
	return mux
}

func (c *companies) show(w http.ResponseWriter, _ *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	web.JSON(w, http.StatusOK, c.books)
}

// charge takes money: once for each Idempotency-Key, as payment providers do.
func (c *companies) charge(w http.ResponseWriter, r *http.Request) {
	var ch Charge
	if err := web.Decode(w, r, &ch); err != nil {
		web.Fail(w, http.StatusBadRequest, err)
		return
	}
	if ch.AmountCents > CreditLimit {
		web.Fail(w, http.StatusPaymentRequired, errors.New("card declined"))
		return
	}
	key := r.Header.Get("Idempotency-Key")
	c.mu.Lock()
	defer c.mu.Unlock()
	if before, ok := c.keys[key]; ok && key != "" {
		web.JSON(w, http.StatusCreated, before)
		return
	}
	ch.ID = id.New("ch")
	c.keys[key] = ch
	c.books.Charges = append(c.books.Charges, ch)
	web.JSON(w, http.StatusCreated, ch)
}

func (c *companies) refund(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range c.books.Charges {
		if c.books.Charges[i].ID == r.PathValue("id") {
			c.books.Charges[i].Refunded = true
			web.JSON(w, http.StatusOK, c.books.Charges[i])
			return
		}
	}
	web.Fail(w, http.StatusNotFound, errors.New("no such charge"))
}

func (c *companies) book(w http.ResponseWriter, r *http.Request) {
	var p Parcel
	if err := web.Decode(w, r, &p); err != nil {
		web.Fail(w, http.StatusBadRequest, err)
		return
	}
	if p.Items > MaxParcel {
		web.Fail(w, http.StatusUnprocessableEntity, errors.New("too many records for a parcel"))
		return
	}
	p.Tracking = id.New("trk")
	c.mu.Lock()
	defer c.mu.Unlock()
	c.books.Parcels = append(c.books.Parcels, p)
	web.JSON(w, http.StatusCreated, p)
}

func (c *companies) mail(w http.ResponseWriter, r *http.Request) {
	var m Mail
	if err := web.Decode(w, r, &m); err != nil {
		web.Fail(w, http.StatusBadRequest, err)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.books.Mails = append(c.books.Mails, m)
	web.JSON(w, http.StatusAccepted, m)
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
