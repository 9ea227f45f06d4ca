// Package helperpkg imports testing outside a test file, so it is a test helper: everything in it is silent.
package helperpkg

import (
	"net/http"
	"testing"
)

// MustGet fails the test that calls it.
func MustGet(t testing.TB, url string) *http.Response {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	return resp
}

// Client is for tests.
func Client(t testing.TB, url string) {
	c := &http.Client{}
	if _, err := c.Get(url); err != nil {
		t.Fatal(err)
	}
}
