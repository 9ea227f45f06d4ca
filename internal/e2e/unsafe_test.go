package e2e

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
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
