package idempotency

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// Header is the request header that [Middleware] reads.
const Header = "Idempotency-Key"

// ReplayedHeader is set, to "true", in responses that were stored.
const ReplayedHeader = "Idempotent-Replayed"

// Defaults of a [Config].
const (
	// DefaultMaxBody is 1 MiB, how much of a request's body is read: ours. All of it is
	// needed to tell whether it is the same.
	DefaultMaxBody = 1 << 20
	// DefaultMaxResponse is 1 MiB, how much of a response's body is kept: ours.
	DefaultMaxResponse = 1 << 20
	// DefaultRetryAfter is 1 s, after which a client may ask again for what is in flight: ours.
	// Most requests are answered by then.
	DefaultRetryAfter = time.Second
)

// Config says what [Middleware] does. All but Principal may be left as it is: zero means the
// default.
type Config struct {
	// Principal returns who sends a request: the tenant, or the account. It is part of the
	// key, so that nobody gets the response to somebody else's request. Take it from what was
	// authenticated, and not from a header that anybody can send. Requests without one ("")
	// that have a key are refused. It must be set; see [Everybody].
	Principal func(*http.Request) string
	// Route returns what a request asks for; the same key means something else for another
	// route. nil means the method, and the pattern that http.ServeMux has matched or, around
	// a mux, the path.
	Route func(*http.Request) string
	// Required refuses requests without a key. Without it, they are not guarded.
	Required bool
	// Methods are those that are guarded. nil means POST and PATCH: others may be repeated
	// anyway (RFC 9110, section 9.2.2).
	Methods []string
	// Lease is how long a request may take: its context ends then, and the next one with its
	// key is let through. TTL is how long its response is kept.
	Lease, TTL time.Duration
	// MaxBody is the longest body of a request with a key, in bytes.
	MaxBody int64
	// MaxResponse is the longest body of a response that is kept, in bytes.
	MaxResponse int
	// RetryAfter is what a duplicate is told to wait, in whole seconds.
	RetryAfter time.Duration
	// Keep says which statuses are answers to keep. nil means [KeepStatus].
	Keep func(status int) bool
	// FailOpen lets requests through, unguarded, when the store does not answer. Without it
	// they are refused with 503: whatever moves money must be.
	FailOpen bool
	// Problem writes the response to a request that is refused. nil means a JSON object with
	// title, status and detail (RFC 9457). The status, and a Retry-After, should stay.
	Problem func(w http.ResponseWriter, r *http.Request, status int, detail string)
	// Unrecorded is told of requests that were done while the store could not be told, as for
	// [WithUnrecorded].
	Unrecorded func(ctx context.Context, key string, err error)
}

// Everybody is the Principal of an API whose clients may see each other's responses.
func Everybody(*http.Request) string { return "everybody" }

// KeepStatus reports whether a status is an answer that the same request would get again: all
// below 500, but not those that ask to come again or with other credentials: 401, 403, 408, 409,
// 425 and 429. An answer that is not kept abandons the claim, and the next request with the key is
// handled. That a failure is not kept is our choice; Stripe keeps those too. A handler whose
// effect may have happened although it failed needs a [Config] whose Keep says so.
func KeepStatus(status int) bool {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusRequestTimeout,
		http.StatusConflict, http.StatusTooEarly, http.StatusTooManyRequests:
		return false
	}
	return status < 500
}

// Middleware lets requests that carry an Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header-07)
// be handled once:
//
//	guard := idempotency.Middleware(store, idempotency.Config{Principal: tenant, Required: true})
//	mux.Handle("POST /orders", guard(createOrder))
//
// The key is a string of at most [MaxKey] characters, quoted as a structured field or bare. It
// belongs to the principal and the route. What a request gets:
//
//   - 400 if it has no key, where one is required, or a malformed one.
//   - 422 if the key was used with another method, path, query or body.
//   - 409 and Retry-After while the first one is in flight.
//   - the stored status, headers and body if it was finished, with [ReplayedHeader] set. Not
//     stored are headers set around this handler, and Date, Set-Cookie and those of the
//     connection.
//   - 413 if its body is longer than MaxBody, 403 if it has a key and no principal, 503 if the
//     store does not answer.
//
// The response is held back until the handler has returned and the store has it, so that no client
// sees what a crash could undo; so a handler cannot flush, nor hijack the connection. A response
// that is longer than MaxResponse is passed on as it comes, and not kept: duplicates get a 409
// without Retry-After, and nothing is done again.
//
// A handler that panics, or answers with a status that Keep does not keep, abandons the claim. So
// does one whose request was cancelled, unless it has said by a status below 400 that it was done.
// The request's context ends with the lease.
//
// Middleware panics if c has no Principal.
func Middleware(store Store, c Config) func(http.Handler) http.Handler {
	if c.Principal == nil {
		panic("idempotency: Config.Principal is nil: without it, clients would get each other's responses (see Everybody)")
	}
	if c.Route == nil {
		c.Route = route
	}
	if c.Methods == nil {
		c.Methods = []string{http.MethodPost, http.MethodPatch}
	}
	if c.MaxBody <= 0 {
		c.MaxBody = DefaultMaxBody
	}
	if c.MaxResponse <= 0 {
		c.MaxResponse = DefaultMaxResponse
	}
	if c.RetryAfter <= 0 {
		c.RetryAfter = DefaultRetryAfter
	}
	if c.Keep == nil {
		c.Keep = KeepStatus
	}
	if c.Problem == nil {
		c.Problem = problem
	}
	return func(next http.Handler) http.Handler { return &guard{store: store, config: &c, next: next} }
}

// guard is the handler that Middleware makes.
type guard struct {
	store  Store
	config *Config
	next   http.Handler
}

func route(r *http.Request) string {
	if r.Pattern != "" {
		return r.Method + " " + r.Pattern
	}
	return r.Method + " " + r.URL.Path
}

// ServeHTTP handles a request, unless that was done before.
func (g *guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !slices.Contains(g.config.Methods, r.Method) {
		g.next.ServeHTTP(w, r)
		return
	}
	key, err := keyOf(r.Header)
	switch {
	case err != nil:
		g.refuse(w, r, http.StatusBadRequest, err.Error())
		return
	case key == "" && g.config.Required:
		g.refuse(w, r, http.StatusBadRequest, "this request needs an "+Header+" header")
		return
	case key == "":
		g.next.ServeHTTP(w, r)
		return
	}
	principal := g.config.Principal(r)
	if principal == "" {
		g.refuse(w, r, http.StatusForbidden, "the "+Header+" belongs to nobody")
		return
	}
	body, err := g.read(w, r)
	if err != nil {
		return
	}
	o := &options{report: g.config.Unrecorded, claim: Request{
		Fingerprint: fingerprint([]byte(r.Method), []byte(r.URL.RequestURI()), body),
		Lease:       g.config.Lease, TTL: g.config.TTL,
	}}
	run, err := begin(r.Context(), g.store, Key("http", principal, g.config.Route(r), key), o)
	if err != nil {
		g.notClaimed(w, r, err)
		return
	}
	if run.claim.State == Finished {
		g.replay(w, r, run.claim.Result)
		return
	}
	g.handle(w, r, run)
}

// read reads the body of a request, and gives the request another one. If it cannot, it has
// answered.
func (g *guard) read(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, g.config.MaxBody))
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		g.refuse(w, r, http.StatusRequestEntityTooLarge, "the body of a request with an "+Header+" is at most "+
			strconv.FormatInt(g.config.MaxBody, 10)+" bytes long")
	case err != nil:
		g.refuse(w, r, http.StatusBadRequest, "the body could not be read")
	default:
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	return body, err
}

// notClaimed answers a request whose key could not be had.
func (g *guard) notClaimed(w http.ResponseWriter, r *http.Request, err error) {
	switch {
	case errors.Is(err, ErrInFlight):
		g.comeAgain(w)
		g.refuse(w, r, http.StatusConflict, "a request with this "+Header+" is being handled")
	case errors.Is(err, ErrMismatch):
		g.refuse(w, r, http.StatusUnprocessableEntity, "this "+Header+" was used with another request")
	case r.Context().Err() == nil && g.config.FailOpen:
		g.next.ServeHTTP(w, r)
	default:
		g.comeAgain(w)
		g.refuse(w, r, http.StatusServiceUnavailable, "whether this "+Header+" was used before cannot be told now")
	}
}

// handle handles a request whose key is claimed.
func (g *guard) handle(w http.ResponseWriter, r *http.Request, run *run) {
	defer run.abandon() // unless it has finished
	ctx, cancel := run.withLease(r.Context())
	defer cancel()
	rec := &recorder{w: w, most: g.config.MaxResponse, header: make(http.Header)}
	g.next.ServeHTTP(rec, r.WithContext(ctx))
	if g.done(rec, ctx) {
		_ = run.complete(r.Context(), rec.encode()) // which reports for itself
	} else {
		run.abandon() // before the client hears of it, and comes again
	}
	rec.send()
}

// done reports whether what a handler answered is to be kept.
func (g *guard) done(rec *recorder, ctx context.Context) bool {
	if ctx.Err() != nil {
		return rec.status != 0 && rec.status < 400
	}
	return g.config.Keep(rec.statusCode())
}

// replay answers with a stored response.
func (g *guard) replay(w http.ResponseWriter, r *http.Request, result []byte) {
	var resp response
	if err := json.Unmarshal(result, &resp); err != nil || resp.TooLong || resp.Status < 200 || resp.Status > 999 {
		g.refuse(w, r, http.StatusConflict, "a request with this "+Header+" was handled, but its response was not kept")
		return
	}
	w.Header().Set(ReplayedHeader, "true")
	resp.write(w)
}

// comeAgain says when.
func (g *guard) comeAgain(w http.ResponseWriter) {
	secs := (g.config.RetryAfter + time.Second - 1) / time.Second
	w.Header().Set("Retry-After", strconv.FormatInt(int64(secs), 10))
}

func (g *guard) refuse(w http.ResponseWriter, r *http.Request, status int, detail string) {
	g.config.Problem(w, r, status, detail)
}

// problem answers with what RFC 9457 calls problem details.
func problem(w http.ResponseWriter, _ *http.Request, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(struct {
		Title  string `json:"title"`
		Status int    `json:"status"`
		Detail string `json:"detail"`
	}{http.StatusText(status), status, detail})
}
