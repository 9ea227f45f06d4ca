package notifications_test

import (
	"net/http"
	"testing"

	"github.com/musiccorp/musiccorp/internal/events"
	"github.com/musiccorp/musiccorp/internal/webtest"
	"github.com/musiccorp/musiccorp/notifications"
	"github.com/musiccorp/musiccorp/partners"
)

var placed = events.Event{
	ID: "evt-1", Type: events.OrderPlaced, OrderID: "ord-1", SKU: "give-blood", Title: "Give Blood", Quantity: 2, Customer: "sam",
}

func TestMail(t *testing.T) {
	outside := webtest.Serve(t, partners.Handler())
	svc := notifications.New(webtest.DB(t, notifications.Schema), outside)
	if err := svc.Handle(t.Context(), placed); err != nil {
		t.Fatal(err)
	}
	if err := svc.Handle(t.Context(), events.Event{ID: "evt-2", Type: "order.praised"}); err != nil {
		t.Fatal(err)
	}
	var books partners.Books
	webtest.Call(t, "GET", outside+"/books", nil, http.StatusOK, &books)
	if len(books.Mails) != 1 || books.Mails[0].To != "sam" || books.Mails[0].Reference != "ord-1" {
		t.Errorf("mails are %+v", books.Mails)
	}
}

func TestMailFails(t *testing.T) {
	if err := notifications.New(webtest.DB(t, notifications.Schema), webtest.Down(t)).Handle(t.Context(), placed); err == nil {
		t.Error("no error although the mail provider is down")
	}
	webtest.Call(t, "GET", webtest.Serve(t, notifications.New(webtest.DB(t, notifications.Schema), "").Handler())+"/livez", nil, http.StatusOK, nil)
}
