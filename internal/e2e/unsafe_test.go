package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/resilint/resilint/internal/fix"
)

const repeatedPost = `package shop

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"time"
)

func createOrder(ctx context.Context, c *http.Client, body []byte) error {
	for i := range 3 {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://shop/orders", bytes.NewReader(body))
		if err != nil {
			return err
		}
		if resp, err := c.Do(req); err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second << i)
	}
	return errors.New("no order")
}

var _ = createOrder(context.TODO(), &http.Client{Timeout: time.Minute}, nil)
`

// TestUnsafeFixes checks that fixes which change more than the finding says are applied only to who asks
// for them.
func TestUnsafeFixes(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "shop.go")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.org/shop\n\ngo 1.26\n"), 0o666))
	require.NoError(t, os.WriteFile(file, []byte(repeatedPost), 0o666))

	stdout, stderr, status := run(t, dir, tool, "-nonidempotent", "-unsafe-fixes", ".")
	assert.Equal(t, "resilint: -unsafe-fixes needs -fix or -diff\n", stderr)
	assert.Equal(t, 2, status, stdout)

	stdout, stderr, status = run(t, dir, tool, "-nonidempotent", "-fix", ".")
	assert.Contains(t, stdout, "this POST is made up to 3 times")
	assert.Equal(t, "resilint: fixed 0 of 1 finding in 0 files\nresilint: -unsafe-fixes would fix 1 finding more; -unsafe-fixes -diff shows how\n", stderr)
	assert.Equal(t, 1, status)

	stdout, stderr, status = run(t, dir, tool, "-nonidempotent", "-unsafe-fixes", "-fix", ".")
	assert.Empty(t, stdout)
	assert.Equal(t, "resilint: fixed 1 of 1 finding in 1 file\n", stderr)
	assert.Zero(t, status)
	fixed, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Contains(t, string(fixed), "\tidempotencyKey := rand.Text()\n\tfor i := range 3 {\n")
	assert.Contains(t, string(fixed), "\t\treq.Header.Set(\"Idempotency-Key\", idempotencyKey)\n\t\tif resp")

	stdout, stderr, status = run(t, dir, tool, "-nonidempotent", ".")
	assert.Empty(t, stdout+stderr)
	assert.Zero(t, status)
}

const unprotectedShop = `package main

import (
	"database/sql"
	"log"
	"net/http"
	"os"
	"time"
)

var rates = &http.Client{Timeout: time.Second}

func main() {
	db, err := sql.Open("postgres", os.Getenv("DSN"))
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {})
	http.HandleFunc("GET /orders", func(w http.ResponseWriter, r *http.Request) {
		if err := db.PingContext(r.Context()); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		}
	})
	http.HandleFunc("GET /rates", func(w http.ResponseWriter, r *http.Request) {
		if resp, err := rates.Get("https://rates.example.org/eur"); err == nil {
			resp.Body.Close()
		}
	})
	http.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {})
	srv := &http.Server{Addr: ":8080", ReadHeaderTimeout: time.Second}
	log.Fatal(srv.ListenAndServe())
}
`

// TestUnsafeServing checks that a program whose serving path was fixed with the runtime is built, and has nothing
// left to find.
func TestUnsafeServing(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "main.go")
	runtime, err := filepath.Abs("../../runtime")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.org/shop\n\ngo 1.26\n\nrequire "+
		fix.RuntimeModule+" v0.1.0\n\nreplace "+fix.RuntimeModule+" => "+runtime+"\n"), 0o666))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "Dockerfile"), []byte("FROM scratch\n"), 0o666))
	require.NoError(t, os.WriteFile(file, []byte(unprotectedShop), 0o666))

	stdout, stderr, status := run(t, dir, tool, "-unsafe-fixes", "-fix", ".")
	assert.Empty(t, stdout)
	assert.Equal(t, "resilint: fixed 3 of 3 findings in 1 file\n", stderr)
	assert.Zero(t, status)
	fixed, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Contains(t, string(fixed), `var rates = httpclient.Wrap(&http.Client{Timeout: time.Second}, "rates.example.org")`)
	assert.Contains(t, string(fixed), "\t}\n\tdb.SetMaxOpenConns(25)\n\thttp.HandleFunc")
	assert.Contains(t, string(fixed), "\tif err := serve.Run(context.Background(), srv, serve.Options{}); err != nil {\n\t\tlog.Fatal(err)\n\t}\n}")

	stdout, stderr, status = run(t, dir, "go", "build", "-o", os.DevNull, ".")
	assert.Zero(t, status, stdout+stderr)
	stdout, stderr, status = run(t, dir, tool, ".")
	assert.Empty(t, stdout+stderr)
	assert.Zero(t, status)
}

// TestTwoWaits: a loop that waits at two places gets jitter at both, with one import.
func TestTwoWaits(t *testing.T) {
	dir := copyMusiccorp(t)
	file := filepath.Join(dir, "payment", "provider_client.go")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	more := strings.Replace(string(text), "attempts = 2", "attempts = 3", 1)
	require.NotEqual(t, string(text), more)
	require.NoError(t, os.WriteFile(file, []byte(more), 0o666))

	_, stderr, _ := run(t, dir, tool, "-unboundedretry", "-fix", "./payment")
	assert.Equal(t, "resilint: fixed 1 of 1 finding in 1 file\n", stderr)
	fixed, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, 2, strings.Count(string(fixed), "rand.N(pause/2)"))
}
