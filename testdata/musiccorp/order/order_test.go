package order_test

import (
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/musiccorp/musiccorp/internal/web"
	"github.com/musiccorp/musiccorp/internal/webtest"
	"github.com/musiccorp/musiccorp/order"
)

// peers plays the services that the order service calls: each answers with the
// status given for it, and what they were asked is written down.
type peers struct {
	catalog, reserve, charge, ship int

	mu    sync.Mutex
	calls []string
}

func fine() *peers {
	return &peers{catalog: 200, reserve: 201, charge: 201, ship: 201}
}

func (p *peers) serve(t *testing.T) (orders string) {
	answer := func(status *int, v any) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			p.mu.Lock()
			defer p.mu.Unlock()
			if r.Method != http.MethodGet {
				// To ask again is not to ask for something else.
				p.calls = slices.Compact(append(p.calls, r.Method+" "+r.Pattern[len(r.Method)+1:]))
			}
			if *status >= 400 {
				web.JSON(w, *status, web.Error{Message: "no"})
				return
			}
			web.JSON(w, *status, v)
		}
	}
	ok := http.StatusOK
	mux := http.NewServeMux()
	mux.Handle("GET /albums/{sku}", answer(&p.catalog, order.Album{SKU: "give-blood", Title: "Give Blood", PriceCents: 1999}))
	mux.Handle("POST /reservations", answer(&p.reserve, nil))
	mux.Handle("DELETE /reservations/{id}", answer(&ok, nil))
	mux.Handle("POST /payments", answer(&p.charge, map[string]string{"id": "pay-1"}))
	mux.Handle("POST /payments/{id}/refund", answer(&ok, nil))
	mux.Handle("POST /shipments", answer(&p.ship, map[string]string{"id": "shp-1"}))
	mux.Handle("GET /recommendations/{sku}", answer(&ok, map[string][]string{"also": {"touchdown"}}))
	url := webtest.Serve(t, mux)
	return serveOrders(t, url)
}

// serveOrders serves an order service whose peers all are at url.
func serveOrders(t *testing.T, url string) string {
	t.Helper()
	return webtest.Serve(t, order.New(order.Config{
		CatalogURL: url, InventoryURL: url, PaymentURL: url, ShippingURL: url, RecommendationsURL: url,
		DB: webtest.DB(t, order.Schema),
	}).Handler())
}

const (
	reserve = "POST /reservations"
	release = "DELETE /reservations/{id}"
	charge  = "POST /payments"
	refund  = "POST /payments/{id}/refund"
	ship    = "POST /shipments"
)

var two = order.Request{SKU: "give-blood", Quantity: 2, Customer: "sam"}

func TestPlace(t *testing.T) {
	p := fine()
	url := p.serve(t)
	var o, again order.Order
	webtest.Call(t, "POST", url+"/orders", two, http.StatusCreated, &o)
	if want := (order.Order{
		ID: o.ID, SKU: "give-blood", Title: "Give Blood", Quantity: 2, Customer: "sam",
		TotalCents: 3998, Status: order.Placed, PaymentID: "pay-1", ShipmentID: "shp-1",
	}); o != want {
		t.Errorf("order is %+v, want %+v", o, want)
	}
	if want := []string{reserve, charge, ship}; !slices.Equal(p.calls, want) {
		t.Errorf("called %q, want %q", p.calls, want)
	}
	webtest.Call(t, "GET", url+"/orders/"+o.ID, nil, http.StatusOK, &again)
	if again != o {
		t.Errorf("order is kept as %+v, want %+v", again, o)
	}

	webtest.Call(t, "PUT", url+"/orders/"+o.ID+"/status", map[string]string{"status": "paid"}, http.StatusBadRequest, nil)
	webtest.Call(t, "PUT", url+"/orders/"+o.ID+"/status", map[string]string{"status": "shipped"}, http.StatusOK, &o)
	if o.Status != order.Shipped {
		t.Errorf("order is %s, want shipped", o.Status)
	}
	webtest.Call(t, "POST", url+"/orders/"+o.ID+"/shipment", nil, http.StatusConflict, nil)
}

func TestPlaceFails(t *testing.T) {
	for _, tt := range []struct {
		name   string
		peers  func(*peers)
		status int
		calls  []string
	}{
		{"unknown album", func(p *peers) { p.catalog = 404 }, http.StatusUnprocessableEntity, nil},
		{"catalog fails", func(p *peers) { p.catalog = 500 }, http.StatusBadGateway, nil},
		{"out of stock", func(p *peers) { p.reserve = 409 }, http.StatusConflict, []string{reserve}},
		{"payment declined", func(p *peers) { p.charge = 402 }, http.StatusPaymentRequired, []string{reserve, charge, release}},
		{"shipment refused", func(p *peers) { p.ship = 422 }, http.StatusUnprocessableEntity, []string{reserve, charge, ship, refund, release}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := fine()
			tt.peers(p)
			webtest.Call(t, "POST", p.serve(t)+"/orders", two, tt.status, nil)
			if !slices.Equal(p.calls, tt.calls) {
				t.Errorf("called %q, want %q", p.calls, tt.calls)
			}
		})
	}
}

// TestPeersFail: an order that cannot be paid now is not shipped, whether it is
// turned away or has to wait.
func TestPeersFail(t *testing.T) {
	for name, fail := range map[string]func(*peers){
		"inventory": func(p *peers) { p.reserve = 500 },
		"payment":   func(p *peers) { p.charge = 502 },
	} {
		t.Run(name, func(t *testing.T) {
			p := fine()
			fail(p)
			body, err := web.Body(two)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := http.Post(p.serve(t)+"/orders", "application/json", body)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if resp.StatusCode != http.StatusBadGateway && resp.StatusCode != http.StatusAccepted {
				t.Errorf("status %d", resp.StatusCode)
			}
			if p.mu.Lock(); slices.Contains(p.calls, ship) {
				t.Errorf("called %q", p.calls)
			}
			p.mu.Unlock()
		})
	}
}

// TestRecommendations: they come with the confirmation, and are not missed.
func TestRecommendations(t *testing.T) {
	var c order.Confirmation
	webtest.Call(t, "POST", fine().serve(t)+"/orders", two, http.StatusCreated, &c)
	if !slices.Equal(c.Also, []string{"touchdown"}) {
		t.Errorf("recommended is %q", c.Also)
	}
}

func TestShipLater(t *testing.T) {
	p := fine()
	p.ship = 502
	url := p.serve(t)
	var o order.Order
	webtest.Call(t, "POST", url+"/orders", two, http.StatusAccepted, &o)
	if o.Status != order.Paid {
		t.Errorf("order is %s, want paid", o.Status)
	}
	webtest.Call(t, "POST", url+"/orders/"+o.ID+"/shipment", nil, http.StatusBadGateway, nil)
	var stuck []order.Order
	webtest.Call(t, "GET", url+"/orders?status=paid", nil, http.StatusOK, &stuck)
	if len(stuck) != 1 || stuck[0] != o {
		t.Errorf("orders that are paid: %+v, want %+v", stuck, o)
	}

	p.mu.Lock()
	p.ship = 201
	p.mu.Unlock()
	webtest.Call(t, "POST", url+"/orders/"+o.ID+"/shipment", nil, http.StatusOK, &o)
	if o.Status != order.Placed || o.ShipmentID != "shp-1" {
		t.Errorf("order is %+v, want it placed", o)
	}
}

func TestBadRequests(t *testing.T) {
	url := fine().serve(t)
	webtest.Call(t, "POST", url+"/orders", "two records, please", http.StatusBadRequest, nil)
	webtest.Call(t, "POST", url+"/orders", order.Request{SKU: "give-blood", Customer: "sam"}, http.StatusBadRequest, nil)
	webtest.Call(t, "GET", url+"/orders/ord-1", nil, http.StatusNotFound, nil)
}

func TestPeersDown(t *testing.T) {
	url := serveOrders(t, webtest.Down(t))
	webtest.Call(t, "POST", url+"/orders", two, http.StatusBadGateway, nil)
}
