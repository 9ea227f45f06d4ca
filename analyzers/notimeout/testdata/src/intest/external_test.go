package intest_test

import (
	"intest"
	"net/http"
	"testing"
)

// TestNothing is in the external test package: silent.
func TestNothing(t *testing.T) {
	if err := intest.NewWeather().Today("http://127.0.0.1:1"); err == nil {
		t.Fatal("no error")
	}
	if _, err := http.Get("http://127.0.0.1:1"); err == nil {
		t.Fatal("no error")
	}
}
