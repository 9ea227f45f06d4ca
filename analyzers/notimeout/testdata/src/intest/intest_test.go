package intest

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// TestToday makes calls without a timeout, which a test may: silent.
func TestToday(t *testing.T) {
	ts := httptest.NewServer(http.NotFoundHandler())
	defer ts.Close()
	if _, err := http.Get(ts.URL); err != nil {
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
