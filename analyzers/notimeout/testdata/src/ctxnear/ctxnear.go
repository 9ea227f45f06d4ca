// Package ctxnear passes contexts without a deadline to functions of its own that have nothing else to bound their requests by.
package ctxnear

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"
)

// Shop's client is made by its constructor, without a timeout: its context is all it has.
type Shop struct {
	base string
	hc   *http.Client
}

func NewShop(base string) *Shop {
	return &Shop{base: base, hc: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return nil }}}
}

func (s *Shop) get(ctx context.Context, path string, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+path, nil)
	if err != nil {
		return err
	}
	resp, err := s.hc.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(into)
}

// Price hands its context on.
func (s *Shop) Price(ctx context.Context, sku string) (price int, err error) {
	err = s.get(ctx, "/prices/"+sku, &price)
	return price, err
}

// Stock as well.
func (s *Shop) Stock(ctx context.Context, sku string) (n int, err error) {
	err = s.get(ctx, "/stock/"+sku, &n)
	return n, err
}

// Warm runs when the process starts.
func Warm(s *Shop) error {
	_, err := s.Price(context.Background(), "bestseller") // want "has no deadline"
	return err
}

// Quote is a handler that throws its request's context away.
func (s *Shop) Quote(w http.ResponseWriter, r *http.Request) {
	price, err := s.Price(context.TODO(), r.FormValue("sku")) // want "has no deadline"
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	json.NewEncoder(w).Encode(price)
}

// Half has a deadline at hand and passes it to one of the two.
func Half(s *Shop, sku string) (int, int) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	price, _ := s.Price(ctx, sku)
	n, _ := s.Stock(context.Background(), sku) // want "has no deadline"
	return price, n
}

// Discarded makes a deadline and throws it away.
func Discarded(s *Shop, sku string) (int, error) {
	ctx := context.Background()
	_, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	return s.Price(ctx, sku) // want "has no deadline"
}

// PriceNow is for those who have no context.
func (s *Shop) PriceNow(sku string) (int, error) {
	return s.Price(context.Background(), sku) // want "has no deadline"
}

// plain belongs to the package.
var plain = &http.Client{}

func exists(ctx context.Context, url string) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return false
	}
	resp, err := plain.Do(req)
	return err == nil && resp.StatusCode == http.StatusOK
}

// Ready asks with the package's client.
func Ready(url string) bool {
	return exists(context.Background(), url) // want "has no deadline"
}

// ThroughGenerated goes through generated code.
func ThroughGenerated(url string) bool {
	return fetchGenerated(context.Background(), url) // want "has no deadline"
}

func upload(ctx context.Context, url, text string) error {
	c := http.Client{}
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, url, strings.NewReader(text))
	if err == nil {
		_, err = c.Do(req)
	}
	return err
}

// Store sends with a client made for one request.
func Store(url string) error {
	return upload(context.Background(), url, "x") // want "has no deadline"
}

func later(ctx context.Context, url string) ([]byte, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	req = req.WithContext(ctx)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// Download's context reaches the request by WithContext.
func Download(url string) ([]byte, error) {
	return later(context.Background(), url) // want "has no deadline"
}

// interruptible stops something when its context ends, as long as it runs itself.
func interruptible(ctx context.Context, url string, stop func()) error {
	defer context.AfterFunc(ctx, stop)()
	return upload(ctx, url, "x")
}

// Interruptible is one call all the same.
func Interruptible(url string) error {
	return interruptible(context.Background(), url, func() {}) // want "has no deadline"
}

func send(req *http.Request) (*http.Response, error) { return http.DefaultClient.Do(req) }

func viaSend(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = send(req)
	return err
}

// Sent has its request made by one function and sent by another.
func Sent(url string) error {
	return viaSend(context.Background(), url) // want "has no deadline"
}

// quickOr has a bound on one of its ways, and none on the other.
func quickOr(ctx context.Context, url string, quick bool) error {
	if quick {
		short, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		return viaSend(short, url)
	}
	return viaSend(ctx, url)
}

// EitherWay takes the one without.
func EitherWay(url string) error {
	return quickOr(context.Background(), url, false) // want "has no deadline"
}

// token is fetched before main starts.
var token = exists(context.Background(), "http://vault.internal/token") // want "has no deadline"

func init() {
	if !token {
		exists(context.Background(), "http://vault.internal/other") // want "has no deadline"
	}
}
