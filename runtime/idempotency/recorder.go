package idempotency

import (
	"bufio"
	"encoding/json"
	"maps"
	"net"
	"net/http"
	"slices"
)

// response is what is stored of a response, as JSON.
type response struct {
	Status  int         `json:"status"`
	Header  http.Header `json:"header,omitempty"`
	Body    []byte      `json:"body,omitempty"`
	TooLong bool        `json:"tooLong,omitempty"` // for its body to be kept
}

// write sends a response.
func (r *response) write(w http.ResponseWriter) {
	maps.Copy(w.Header(), r.Header)
	w.WriteHeader(r.Status)
	if len(r.Body) > 0 {
		_, _ = w.Write(r.Body)
	}
}

// notKept are the headers that belong to one connection, one time or one session.
var notKept = []string{
	"Connection", "Content-Length", "Date", "Keep-Alive", "Proxy-Connection", "Set-Cookie", "Te", "Trailer",
	"Transfer-Encoding", "Upgrade",
}

// recorder holds a response back, until it is sent or becomes too long.
type recorder struct {
	w      http.ResponseWriter
	most   int
	header http.Header // the handler's, and not of what stands around it
	status int         // 0 until the handler has said
	sent   http.Header // as they were then
	body   []byte
	passed bool // it has become too long, and what comes is passed on
}

// Header returns the headers that the handler sets.
func (r *recorder) Header() http.Header { return r.header }

// WriteHeader keeps the first status that is not informational.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 && status >= 200 {
		r.status, r.sent = status, r.header.Clone()
	}
}

// Write keeps p, or passes it on.
func (r *recorder) Write(p []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	if !r.passed && len(r.body)+len(p) > r.most {
		r.send()
		r.passed, r.body = true, nil
	}
	if r.passed {
		return r.w.Write(p)
	}
	r.body = append(r.body, p...)
	return len(p), nil
}

// statusCode returns the status, which is 200 for a handler that has not said.
func (r *recorder) statusCode() int {
	if r.status == 0 {
		return http.StatusOK
	}
	return r.status
}

// send sends what was held back.
func (r *recorder) send() {
	if r.passed {
		return
	}
	r.WriteHeader(http.StatusOK)
	resp := response{Status: r.status, Header: r.sent, Body: r.body}
	resp.write(r.w)
}

// encode returns what is stored.
func (r *recorder) encode() []byte {
	r.WriteHeader(http.StatusOK)
	resp := response{Status: r.status, TooLong: r.passed}
	if !r.passed {
		resp.Body = r.body
		resp.Header = maps.Clone(r.sent)
		maps.DeleteFunc(resp.Header, func(name string, _ []string) bool { return slices.Contains(notKept, name) })
	}
	b, _ := json.Marshal(resp) // which cannot fail
	return b
}

// Unwrap is for http.ResponseController, which can set deadlines by it.
func (r *recorder) Unwrap() http.ResponseWriter { return r.w }

// FlushError returns an error: the response is held back.
func (r *recorder) FlushError() error { return http.ErrNotSupported }

// Hijack returns an error: a connection cannot be stored.
func (r *recorder) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return nil, nil, http.ErrNotSupported
}
