package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestMeasure: what customers saw is told by when they came.
func TestMeasure(t *testing.T) {
	all := []*attempt{
		{begun: 0, took: time.Millisecond, ok: true},
		{begun: calm, took: patience},
		{begun: calm + time.Second, took: time.Second, ok: true},
		{begun: calm + sick + 500*time.Millisecond, took: time.Second},
		{begun: calm + sick + 2*time.Second, took: time.Second, ok: true},
	}
	var r result
	r.measure(all, 6)
	if !r.Steady || r.Available != 0.5 || r.Requests != 3 || r.RecoverSeconds != 0.5 || r.P99 != patience.Seconds() {
		t.Errorf("measured %+v", r)
	}
	if len(r.Series) != int((calm+sick+after)/time.Second) || r.Series[0] != 1 || r.Series[2] != 0 || r.Series[3] != 1 {
		t.Errorf("series is %v", r.Series)
	}
	all[0].ok = false
	r = result{}
	r.measure(append(all, &attempt{begun: calm + sick + after, took: time.Second}), 6)
	if r.Steady || r.RecoverSeconds != -1 {
		t.Errorf("measured %+v", r)
	}
}

// TestLook: what has become of orders is read from the other companies' books.
func TestLook(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /books", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"charges": [{"reference": "fine"}, {"reference": "twice"}, {"reference": "twice"}, {"reference": "gone"},
			{"reference": "mended"}, {"reference": "mended", "refunded": true}],
			"parcels": [{"reference": "twice"}, {"reference": "twice"}], "mails": [{"reference": "fine"}, {"reference": "fine"}, {"reference": "twice"}]}`)
	})
	mux.HandleFunc("GET /orders", func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("status") == "placed" {
			fmt.Fprint(w, `[{"id": "fine"}, {"id": "twice"}, {"id": "mended"}, {"id": "free"}]`)
		} else {
			fmt.Fprint(w, `null`)
		}
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()
	addr := strings.TrimPrefix(srv.URL, "http://")
	s := &system{addr: map[string]string{"partners": addr, "order": addr}, client: srv.Client()}
	got, err := s.look([]*attempt{{id: "fine", told: true}, {id: "twice"}, {id: "gone"}, {id: "mended"}, {id: "free", told: true}, {id: "refused"}})
	if err != nil {
		t.Fatal(err)
	}
	// Gone was charged and is not placed; free was confirmed and is not charged.
	want := outcome{Lost: 2, Charged: 1, Shipped: 1, Mailed: 1, MailsMissed: 2}
	if got != want {
		t.Errorf("outcome is %+v, want %+v", got, want)
	}
}

// TestDraw: there is a panel for each experiment, and it says what went wrong with orders.
func TestDraw(t *testing.T) {
	r := report{experiment{Name: "hung Catalog"}, []result{{State: "before", outcome: outcome{Lost: 4}, Series: []float64{1, 0}}, {State: "fixed", Series: []float64{1, 1}}}}
	for _, want := range []string{">hung Catalog<", ">lost 4/0<", ">before<", ">fixed<"} {
		if svg := draw([]report{r}); !strings.Contains(svg, want) {
			t.Errorf("no %s in\n%s", want, svg)
		}
	}
}
