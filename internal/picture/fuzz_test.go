package picture

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// FuzzHostOf: whatever an address or a DSN is, its host is part of it, or there is none.
func FuzzHostOf(f *testing.F) {
	for _, seed := range []string{
		"", "http://billing.internal/charge", "billing:50051", "postgres://user:pass@db.internal:5432/orders?sslmode=disable", "redis://:secret@cache:6379/0",
		"https://%s.example.com/", "user:pass@tcp(db:3306)/orders", "host=db user=a", "http://[::1]:80/", "http://[fe80::1%25en0]/", "://", "amqp://", "a.b", "x:", "http://a b/", "http://\x7f/",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		host := hostOf(text)
		assert.NotContains(t, host, "/")
		assert.NotContains(t, host, "@", "a password must not get into a message")
		if !strings.Contains(text, "%") {
			assert.Contains(t, text, host)
		}
	})
}
