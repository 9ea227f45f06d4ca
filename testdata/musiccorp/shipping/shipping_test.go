package shipping_test

import (
	"net/http"
	"testing"

	"github.com/musiccorp/musiccorp/internal/webtest"
	"github.com/musiccorp/musiccorp/partners"
	"github.com/musiccorp/musiccorp/shipping"
)

func TestShipment(t *testing.T) {
	var shipped string
	orders := http.NewServeMux()
	orders.HandleFunc("PUT /orders/{id}/status", func(_ http.ResponseWriter, r *http.Request) { shipped = r.PathValue("id") })
	url := webtest.Serve(t, shipping.New(shipping.Config{
		OrderURL:   webtest.Serve(t, orders),
		CarrierURL: webtest.Serve(t, partners.Handler()),
	}).Handler())

	var sh shipping.Shipment
	webtest.Call(t, "POST", url+"/shipments", shipping.Shipment{OrderID: "ord-1", Quantity: 2}, http.StatusCreated, &sh)
	if sh.Tracking == "" {
		t.Errorf("shipment is %+v", sh)
	}
	webtest.Call(t, "GET", url+"/shipments/"+sh.ID, nil, http.StatusOK, &sh)
	if sh.State != "awaiting pickup" {
		t.Errorf("shipment is %+v", sh)
	}
	webtest.Call(t, "POST", url+"/shipments/"+sh.ID+"/pickup", nil, http.StatusOK, nil)
	if shipped != "ord-1" {
		t.Errorf("order %q marked as shipped, want ord-1", shipped)
	}
}

func TestShipmentFails(t *testing.T) {
	url := webtest.Serve(t, shipping.New(shipping.Config{CarrierURL: webtest.Serve(t, partners.Handler())}).Handler())
	tooBig := shipping.Shipment{OrderID: "ord-1", Quantity: partners.MaxParcel + 1}
	webtest.Call(t, "POST", url+"/shipments", tooBig, http.StatusUnprocessableEntity, nil)
	webtest.Call(t, "GET", url+"/shipments/shp-1", nil, http.StatusNotFound, nil)
	webtest.Call(t, "POST", url+"/shipments/shp-1/pickup", nil, http.StatusNotFound, nil)

	url = webtest.Serve(t, shipping.New(shipping.Config{CarrierURL: webtest.Down(t)}).Handler())
	webtest.Call(t, "POST", url+"/shipments", shipping.Shipment{OrderID: "ord-1", Quantity: 1}, http.StatusBadGateway, nil)
}
