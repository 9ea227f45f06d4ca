package intest

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// probe is initialized beside the variables of the package: silent, and no obstacle.
var probe = &http.Client{}

// TestToday makes calls without a timeout, which a test may: silent.
func TestToday(t *testing.T) {
	ts := httptest.NewServer(http.NotFoundHandler())
	defer ts.Close()
	if _, err := http.Get(ts.URL); err != nil {
		t.Fatal(err)
	}
	if _, err := probe.Get(ts.URL); err != nil {
		t.Fatal(err)
	}
	if _, err := (&http.Client{}).Get(ts.URL); err != nil {
		t.Fatal(err)
	}
	w := NewWeather()
	w.hc.Timeout = time.Second
	if err := w.Today(ts.URL); err != nil {
		t.Fatal(err)
	}
}
