package httpclient

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
)

// keyHeader tells a server which requests are the same.
const keyHeader = "Idempotency-Key"

// WithIdempotencyKey declares that the dependency honours Idempotency-Key: that it does once what it
// is sent twice with the same key. A POST or PATCH without such a header gets one, key(req), and
// from then on it may be repeated as a GET is: by the client, and also by net/http itself, which sends a
// request with that header again when a connection that was kept alive turns out to be dead. So
// the option is for dependencies that are known to honour it, and no others: who does not heed the
// header does everything twice.
//
// The key is made once for a request, and stays the same in all of its attempts and through
// redirects. It is a new one for each request, though, so a caller that repeats a request itself,
// or after a restart, must set the header, which is left alone, or give a key made of what
// is asked for: the id of the order, and what is done with it. key must not change req. If it
// returns "" the request gets no key. nil means [NewKey].
//
// A 409 with a Retry-After is what such a dependency answers while the first attempt is still in
// flight there, after a timeout here: it is repeated too.
func WithIdempotencyKey(key func(req *http.Request) string) Option {
	if key == nil {
		key = NewKey
	}
	return func(t *transport) { t.key = key }
}

// NewKey returns a new random key, a UUID (version 4) in quotes: a string as the draft of the
// header defines it. Servers that expect a bare one take the quotes for a part of it; for those
// that refuse them there is [NewBareKey].
func NewKey(req *http.Request) string { return `"` + NewBareKey(req) + `"` }

// NewBareKey returns a new random key, a UUID (version 4).
func NewBareKey(*http.Request) string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // which never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	var s [36]byte
	at := 0
	for i, part := range [][]byte{b[:4], b[4:6], b[6:8], b[8:10], b[10:]} {
		if i > 0 {
			s[at] = '-'
			at++
		}
		at += hex.Encode(s[at:], part)
	}
	return string(s[:])
}

// stamp returns req, or a copy of it with a key.
func (t *transport) stamp(req *http.Request) *http.Request {
	if t.key == nil || idempotent(req) || req.Method != http.MethodPost && req.Method != http.MethodPatch {
		return req
	}
	key := keyOfRedirected(req)
	if key == "" {
		key = t.key(req)
	}
	if key == "" {
		return req
	}
	stamped := req.WithContext(req.Context())
	if stamped.Header = req.Header.Clone(); stamped.Header == nil {
		stamped.Header = make(http.Header)
	}
	stamped.Header.Set(keyHeader, key)
	return stamped
}

// keyOfRedirected returns the key of the request that was redirected to req with its method and
// body: it is the same request, to who sent it.
func keyOfRedirected(req *http.Request) string {
	from := req.Response
	if from == nil || from.Request == nil || from.Request.Method != req.Method {
		return ""
	}
	return from.Request.Header.Get(keyHeader)
}
