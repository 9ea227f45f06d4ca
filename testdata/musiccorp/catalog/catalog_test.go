package catalog_test

import (
	"net/http"
	"testing"

	"github.com/musiccorp/musiccorp/catalog"
	"github.com/musiccorp/musiccorp/internal/webtest"
)

var feed = []catalog.Album{
	{SKU: "touchdown", Artist: "Brakes", Title: "Touchdown", PriceCents: 1799},
	{SKU: "give-blood", Artist: "Brakes", Title: "Give Blood", PriceCents: 1999},
}

func TestImport(t *testing.T) {
	label := webtest.Serve(t, webtest.Reply(http.StatusOK, feed))
	url := webtest.Serve(t, catalog.New(catalog.Config{FeedURL: label}).Handler())

	webtest.Call(t, "GET", url+"/albums/give-blood", nil, http.StatusNotFound, nil)
	webtest.Call(t, "POST", url+"/import", nil, http.StatusOK, nil)

	var album catalog.Album
	webtest.Call(t, "GET", url+"/albums/give-blood", nil, http.StatusOK, &album)
	if album != feed[1] {
		t.Errorf("album is %+v, want %+v", album, feed[1])
	}
	var all []catalog.Album
	webtest.Call(t, "GET", url+"/albums", nil, http.StatusOK, &all)
	if len(all) != 2 || all[0] != feed[1] || all[1] != feed[0] {
		t.Errorf("albums are %+v", all)
	}
}

func TestImportFails(t *testing.T) {
	broken := func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`[{"sku":"give-blood","priceCents":1999},{"sku":`))
	}
	for name, label := range map[string]string{
		"down":     webtest.Down(t),
		"error":    webtest.Serve(t, webtest.Reply(http.StatusForbidden, nil)),
		"cut off":  webtest.Serve(t, http.HandlerFunc(broken)),
		"not JSON": webtest.Serve(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})),
	} {
		t.Run(name, func(t *testing.T) {
			url := webtest.Serve(t, catalog.New(catalog.Config{FeedURL: label}).Handler())
			webtest.Call(t, "POST", url+"/import", nil, http.StatusBadGateway, nil)
		})
	}
}

func TestAvailability(t *testing.T) {
	label := webtest.Serve(t, webtest.Reply(http.StatusOK, feed))
	for _, tt := range []struct{ name, inventory, want string }{
		{"some", webtest.Serve(t, webtest.Reply(http.StatusOK, map[string]int{"quantity": 3})), "in stock"},
		{"none", webtest.Serve(t, webtest.Reply(http.StatusOK, map[string]int{"quantity": 0})), "sold out"},
		{"inventory down", webtest.Down(t), "unknown"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			url := webtest.Serve(t, catalog.New(catalog.Config{FeedURL: label, InventoryURL: tt.inventory}).Handler())
			webtest.Call(t, "POST", url+"/import", nil, http.StatusOK, nil)
			var got catalog.Availability
			webtest.Call(t, "GET", url+"/albums/give-blood/availability", nil, http.StatusOK, &got)
			if got.State != tt.want {
				t.Errorf("availability is %q, want %q", got.State, tt.want)
			}
		})
	}
}
