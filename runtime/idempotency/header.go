package idempotency

import (
	"errors"
	"net/http"
	"strings"
)

var (
	errManyKeys  = errors.New("there is more than one " + Header)
	errMalformed = errors.New("the " + Header + " must be a quoted string, or visible characters without quotes, commas and spaces")
	errEmpty     = errors.New("the " + Header + " is empty")
	errLong      = errors.New("the " + Header + " is longer than 255 characters")
)

// keyOf returns the key of a request, or "" if it has none. "abc", which is how the draft writes
// it, and abc, which is how most clients do, are the same key.
func keyOf(h http.Header) (string, error) {
	values := h.Values(Header)
	if len(values) == 0 {
		return "", nil
	}
	if len(values) > 1 {
		return "", errManyKeys
	}
	key, err := parseKey(strings.Trim(values[0], " \t"))
	switch {
	case err != nil:
		return "", err
	case key == "":
		return "", errEmpty
	case len(key) > MaxKey:
		return "", errLong
	}
	return key, nil
}

// parseKey parses an sf-string (RFC 8941, section 3.3.3) or a bare key.
func parseKey(s string) (string, error) {
	quoted := strings.HasPrefix(s, `"`)
	if !quoted {
		for i := range len(s) {
			if s[i] <= ' ' || s[i] > '~' || s[i] == '"' || s[i] == ',' {
				return "", errMalformed
			}
		}
		return s, nil
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			if i != len(s)-1 {
				return "", errMalformed // a list, or parameters, of which there are none
			}
			return b.String(), nil
		case c == '\\':
			if i++; i == len(s) || s[i] != '"' && s[i] != '\\' {
				return "", errMalformed
			}
			b.WriteByte(s[i])
		case c < ' ' || c > '~':
			return "", errMalformed
		default:
			b.WriteByte(c)
		}
	}
	return "", errMalformed // it has no end
}
