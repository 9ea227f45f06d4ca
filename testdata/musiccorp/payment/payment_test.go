package payment_test

import (
	"net/http"
	"testing"

	"github.com/musiccorp/musiccorp/internal/webtest"
	"github.com/musiccorp/musiccorp/partners"
	"github.com/musiccorp/musiccorp/payment"
)

func TestChargeAndRefund(t *testing.T) {
	url := webtest.Serve(t, payment.New(webtest.DB(t, payment.Schema), webtest.Serve(t, partners.Handler())).Handler())
	var p payment.Payment
	webtest.Call(t, "POST", url+"/payments", payment.Payment{OrderID: "ord-1", AmountCents: 1999}, http.StatusCreated, &p)
	if p.ChargeID == "" || p.Status != payment.Captured {
		t.Errorf("payment is %+v", p)
	}
	for range 2 { // the second has nothing left to do
		var refunded payment.Payment
		webtest.Call(t, "POST", url+"/payments/"+p.ID+"/refund", nil, http.StatusOK, &refunded)
		if refunded.Status != payment.Refunded {
			t.Errorf("refunded payment is %+v", refunded)
		}
	}
	webtest.Call(t, "GET", url+"/payments/"+p.ID, nil, http.StatusOK, &p)
	if p.Status != payment.Refunded {
		t.Errorf("payment is %+v after its refund", p)
	}
}

func TestChargeFails(t *testing.T) {
	url := webtest.Serve(t, payment.New(webtest.DB(t, payment.Schema), webtest.Serve(t, partners.Handler())).Handler())
	tooMuch := payment.Payment{OrderID: "ord-1", AmountCents: partners.CreditLimit + 1}
	webtest.Call(t, "POST", url+"/payments", tooMuch, http.StatusPaymentRequired, nil)
	webtest.Call(t, "POST", url+"/payments", payment.Payment{OrderID: "ord-1"}, http.StatusBadRequest, nil)
	webtest.Call(t, "GET", url+"/payments/pay-1", nil, http.StatusNotFound, nil)
	webtest.Call(t, "POST", url+"/payments/pay-1/refund", nil, http.StatusNotFound, nil)
}

func TestProviderDown(t *testing.T) {
	url := webtest.Serve(t, payment.New(webtest.DB(t, payment.Schema), webtest.Down(t)).Handler())
	webtest.Call(t, "POST", url+"/payments", payment.Payment{OrderID: "ord-1", AmountCents: 1999}, http.StatusBadGateway, nil)
}

func TestProbes(t *testing.T) {
	up := webtest.Serve(t, payment.New(webtest.DB(t, payment.Schema), webtest.Serve(t, partners.Handler())).Handler())
	down := webtest.Serve(t, payment.New(webtest.DB(t, payment.Schema), webtest.Down(t)).Handler())
	webtest.Call(t, "GET", up+"/livez", nil, http.StatusOK, nil)
	webtest.Call(t, "GET", up+"/readyz", nil, http.StatusOK, nil)
	webtest.Call(t, "GET", down+"/livez", nil, http.StatusOK, nil)
	webtest.Call(t, "GET", down+"/readyz", nil, http.StatusServiceUnavailable, nil)
}
