package main

import (
	"net/http"
	"testing"
	"time"

	"github.com/musiccorp/musiccorp/catalog"
	"github.com/musiccorp/musiccorp/internal/webtest"
	"github.com/musiccorp/musiccorp/inventory"
	"github.com/musiccorp/musiccorp/order"
	"github.com/musiccorp/musiccorp/partners"
	"github.com/musiccorp/musiccorp/payment"
	"github.com/musiccorp/musiccorp/recommendations"
	"github.com/musiccorp/musiccorp/shipping"
)

func startFilled(t *testing.T) *system {
	t.Helper()
	s, err := start(false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	if err := s.fill(); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *system) wantStock(t *testing.T, sku string, want int) {
	t.Helper()
	var got inventory.Stock
	webtest.Call(t, "GET", s.urls["inventory"]+"/stock/"+sku, nil, http.StatusOK, &got)
	if got.Quantity != want {
		t.Errorf("stock of %s is %d, want %d", sku, got.Quantity, want)
	}
}

func TestPlaceOrder(t *testing.T) {
	s := startFilled(t)
	var o order.Order
	req := order.Request{SKU: "give-blood", Quantity: 5, Customer: "sam"}
	webtest.Call(t, "POST", s.urls["order"]+"/orders", req, http.StatusCreated, &o)
	if o.Status != order.Placed || o.Title != "Give Blood" || o.TotalCents != 5*1999 {
		t.Errorf("order is %+v", o)
	}

	s.wantStock(t, "give-blood", 0)
	var av catalog.Availability
	webtest.Call(t, "GET", s.urls["catalog"]+"/albums/give-blood/availability", nil, http.StatusOK, &av)
	if av.State != "sold out" {
		t.Errorf("availability is %q", av.State)
	}

	var p payment.Payment
	webtest.Call(t, "GET", s.urls["payment"]+"/payments/"+o.PaymentID, nil, http.StatusOK, &p)
	if p.OrderID != o.ID || p.Customer != "sam" || p.AmountCents != o.TotalCents || p.Status != payment.Captured {
		t.Errorf("payment is %+v", p)
	}

	var sh shipping.Shipment
	webtest.Call(t, "GET", s.urls["shipping"]+"/shipments/"+o.ShipmentID, nil, http.StatusOK, &sh)
	if sh.OrderID != o.ID || sh.Customer != "sam" || sh.Quantity != 5 || sh.State != "awaiting pickup" {
		t.Errorf("shipment is %+v", sh)
	}

	webtest.Call(t, "POST", s.urls["shipping"]+"/shipments/"+sh.ID+"/pickup", nil, http.StatusOK, nil)
	webtest.Call(t, "GET", s.urls["order"]+"/orders/"+o.ID, nil, http.StatusOK, &o)
	if o.Status != order.Shipped {
		t.Errorf("order is %s after pickup", o.Status)
	}
}

// TestEvents: an order that is placed is confirmed by mail, and learnt from.
func TestEvents(t *testing.T) {
	s := startFilled(t)
	for _, sku := range []string{"give-blood", "touchdown"} {
		req := order.Request{SKU: sku, Quantity: 1, Customer: "sam"}
		webtest.Call(t, "POST", s.urls["order"]+"/orders", req, http.StatusCreated, nil)
	}
	var books partners.Books
	var also recommendations.Recommended
	for deadline := time.Now().Add(10 * time.Second); len(books.Mails) < 2 || len(also.Also) == 0; time.Sleep(10 * time.Millisecond) {
		webtest.Call(t, "GET", s.urls["partners"]+"/books", nil, http.StatusOK, &books)
		webtest.Call(t, "GET", s.urls["recommendations"]+"/recommendations/give-blood", nil, http.StatusOK, &also)
		if time.Now().After(deadline) {
			t.Fatalf("mails are %+v, and recommended is %+v", books.Mails, also)
		}
	}
}

func TestUnknownAlbum(t *testing.T) {
	s := startFilled(t)
	req := order.Request{SKU: "give-bread", Quantity: 1, Customer: "sam"}
	webtest.Call(t, "POST", s.urls["order"]+"/orders", req, http.StatusUnprocessableEntity, nil)
}

func TestOutOfStock(t *testing.T) {
	s := startFilled(t)
	req := order.Request{SKU: "give-blood", Quantity: 6, Customer: "sam"}
	webtest.Call(t, "POST", s.urls["order"]+"/orders", req, http.StatusConflict, nil)
	s.wantStock(t, "give-blood", 5)
}

func TestPaymentDeclined(t *testing.T) {
	s := startFilled(t)
	req := order.Request{SKU: "complete-works", Quantity: 3, Customer: "sam"} // above the credit limit
	webtest.Call(t, "POST", s.urls["order"]+"/orders", req, http.StatusPaymentRequired, nil)
	s.wantStock(t, "complete-works", 5)
}

func TestShipmentRefused(t *testing.T) {
	s := startFilled(t)
	webtest.Call(t, "PUT", s.urls["inventory"]+"/stock/seven-inch", inventory.Stock{Quantity: 50}, http.StatusOK, nil)
	req := order.Request{SKU: "seven-inch", Quantity: 30, Customer: "sam"} // more than a parcel holds
	webtest.Call(t, "POST", s.urls["order"]+"/orders", req, http.StatusUnprocessableEntity, nil)
	s.wantStock(t, "seven-inch", 50)
}

func TestTour(t *testing.T) {
	if err := startFilled(t).tour(); err != nil {
		t.Fatal(err)
	}
}
