package inventory_test

import (
	"net/http"
	"testing"

	"github.com/musiccorp/musiccorp/internal/webtest"
	"github.com/musiccorp/musiccorp/inventory"
	"github.com/musiccorp/musiccorp/partners"
)

func TestReservations(t *testing.T) {
	url := webtest.Serve(t, inventory.New("").Handler())
	wantStock := func(want int) {
		t.Helper()
		var got inventory.Stock
		webtest.Call(t, "GET", url+"/stock/give-blood", nil, http.StatusOK, &got)
		if got.Quantity != want {
			t.Fatalf("stock is %d, want %d", got.Quantity, want)
		}
	}
	reserve := func(order string, n, status int) {
		t.Helper()
		webtest.Call(t, "POST", url+"/reservations", inventory.Reservation{OrderID: order, SKU: "give-blood", Quantity: n}, status, nil)
	}

	webtest.Call(t, "PUT", url+"/stock/give-blood", inventory.Stock{Quantity: 5}, http.StatusOK, nil)
	wantStock(5)
	reserve("ord-1", 3, http.StatusCreated)
	wantStock(2)
	reserve("ord-1", 3, http.StatusCreated)  // the same
	reserve("ord-1", 1, http.StatusConflict) // one reservation an order
	reserve("ord-2", 3, http.StatusConflict) // more than there is
	reserve("ord-2", 0, http.StatusBadRequest)
	wantStock(2)
	webtest.Call(t, "DELETE", url+"/reservations/ord-1", nil, http.StatusNoContent, nil)
	wantStock(5)
	webtest.Call(t, "DELETE", url+"/reservations/ord-1", nil, http.StatusNotFound, nil)
	wantStock(5)
}

func TestReorder(t *testing.T) {
	url := webtest.Serve(t, inventory.New(webtest.Serve(t, partners.Handler())).Handler())
	var po inventory.PurchaseOrder
	webtest.Call(t, "POST", url+"/stock/give-blood/reorder", inventory.Stock{Quantity: 10}, http.StatusAccepted, &po)
	if po.Number == "" || po.SKU != "give-blood" || po.Quantity != 10 {
		t.Errorf("purchase order is %+v", po)
	}
	webtest.Call(t, "POST", url+"/stock/give-blood/reorder", inventory.Stock{}, http.StatusBadRequest, nil)

	url = webtest.Serve(t, inventory.New(webtest.Down(t)).Handler())
	webtest.Call(t, "POST", url+"/stock/give-blood/reorder", inventory.Stock{Quantity: 10}, http.StatusBadGateway, nil)
}
