// Package webtest calls the services in tests.
package webtest

import (
	"database/sql"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"github.com/musiccorp/musiccorp/internal/storage"
	"github.com/musiccorp/musiccorp/internal/web"
)

// Serve serves h until the test ends and returns its URL.
func Serve(t *testing.T, h http.Handler) string {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv.URL
}

// Down returns the URL of a service that is not there.
func Down(t *testing.T) string {
	t.Helper()
	srv := httptest.NewServer(http.NotFoundHandler())
	srv.Close()
	return srv.URL
}

// Reply is a handler that always answers the same.
func Reply(status int, v any) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { web.JSON(w, status, v) }
}

// Call sends in as JSON, wants the status and reads the reply into out. Both in
// and out may be nil.
func Call(t *testing.T, method, url string, in any, status int, out any) {
	t.Helper()
	var body io.Reader
	if in != nil {
		var err error
		if body, err = web.Body(in); err != nil {
			t.Fatal(err)
		}
	}
	req, err := http.NewRequest(method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != status {
		t.Fatalf("%s %s: status %d, want %d (%v)", method, url, resp.StatusCode, status, web.Read(resp, nil))
	}
	if out == nil {
		return
	}
	if err := web.Read(resp, out); err != nil {
		t.Fatalf("%s %s: %v", method, url, err)
	}
}

// DB returns an empty database.
func DB(t *testing.T, schema string) *sql.DB {
	t.Helper()
	db, err := storage.Open(filepath.Join(t.TempDir(), "test.db"), schema)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}
