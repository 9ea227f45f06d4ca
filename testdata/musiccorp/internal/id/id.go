// Package id makes the ids that orders, payments and shipments carry.
package id

import (
	"crypto/rand"
	"strings"
)

// New returns a fresh id such as "ord-k3jx7q2m5a".
func New(prefix string) string {
	return prefix + "-" + strings.ToLower(rand.Text()[:10])
}
