package idempotency

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Key joins the parts of a key with slashes, so that different parts make different keys, whatever
// is in them: Key("payments", tenant, msg.ID). It is "" if the last part is, since everything
// without an id would have the same key otherwise.
func Key(parts ...string) string {
	if len(parts) == 0 || parts[len(parts)-1] == "" {
		return ""
	}
	escaped := make([]string, len(parts))
	for i, p := range parts {
		escaped[i] = url.PathEscape(p)
	}
	return strings.Join(escaped, "/")
}

// hashed begins the keys that stand for others.
const hashed = "sha256:"

// storable returns a key that every store can keep as it is: the key itself, or what stands for
// one that is too long or not text.
func storable(key string) string {
	if len(key) <= MaxKey && utf8.ValidString(key) && !strings.ContainsFunc(key, unicode.IsControl) &&
		!strings.HasPrefix(key, hashed) {
		return key
	}
	sum := sha256.Sum256([]byte(key))
	return hashed + hex.EncodeToString(sum[:])
}

// fingerprint returns the SHA-256 of parts, which differs where their bounds do.
func fingerprint(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:", len(p))
		h.Write(p)
	}
	return hex.EncodeToString(h.Sum(nil))
}
