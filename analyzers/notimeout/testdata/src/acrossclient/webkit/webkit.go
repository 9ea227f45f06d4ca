// Package webkit sends requests with the clients that it is given.
package webkit

import (
	"context"
	"net/http"
	"sync"
	"time"
)

func Fetch(hc *http.Client, url string) error {
	_, err := hc.Get(url)
	return err
}

func Last(url string, hc *http.Client) error { return Fetch(hc, url) }

func FetchContext(ctx context.Context, hc *http.Client, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = hc.Do(req)
	return err
}

// FetchQuickly bounds its request.
func FetchQuickly(hc *http.Client, url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return FetchContext(ctx, hc, url)
}

// Polite bounds a copy of what it is given.
func Polite(hc *http.Client, url string) error {
	c := *hc
	c.Timeout = time.Second
	return Fetch(&c, url)
}

// Set gives the client a timeout if it has none.
func Set(hc *http.Client, url string) error {
	if hc.Timeout == 0 {
		hc.Timeout = time.Second
	}
	return Fetch(hc, url)
}

// Defaulted has a client of its own.
func Defaulted(hc *http.Client, url string) error {
	if hc == nil {
		hc = Bounded()
	}
	return Fetch(hc, url)
}

type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

func Via(d Doer, url string) error {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = d.Do(req)
	return err
}

// Timed leaves the deadline to the calls of its method.
type Timed struct{ hc *http.Client }

func NewTimed(hc *http.Client) *Timed { return &Timed{hc: hc} }

func (t *Timed) Ping(ctx context.Context) error {
	return FetchContext(ctx, t.hc, "http://catalog.internal/")
}

// Named is a client with a name.
type Named struct {
	*http.Client
	Name string
}

// NewClient has options.
func NewClient(options ...func(*http.Client)) *http.Client {
	hc := &http.Client{}
	for _, option := range options {
		option(hc)
	}
	return hc
}

// API has the client that it is made with.
type API struct {
	base string
	hc   *http.Client
}

func NewAPI(base string, hc *http.Client) *API { return &API{base: base, hc: hc} }

func (a *API) Ping() error { return Fetch(a.hc, a.base) }

// Config configures a Service.
type Config struct {
	Base   string
	Client *http.Client
}

type Service struct{ cfg Config }

func New(cfg Config) *Service { return &Service{cfg: cfg} }

func (s *Service) Album(id string) (*http.Response, error) {
	return s.cfg.Client.Get(s.cfg.Base + "/albums/" + id)
}

// Settings are used as they are.
type Settings struct{ Client *http.Client }

func (s *Settings) Ping() error {
	_, err := s.Client.Get("http://catalog.internal/")
	return err
}

// QuickConfig configures a Quick, whose requests have a deadline.
type QuickConfig struct{ Client *http.Client }

type Quick struct{ cfg QuickConfig }

func NewQuick(cfg QuickConfig) *Quick { return &Quick{cfg: cfg} }

func (q *Quick) Ping() error { return FetchQuickly(q.cfg.Client, "http://catalog.internal/") }

// Clients with a timeout.

func Bounded() *http.Client { return &http.Client{Timeout: 10 * time.Second} }

var lazy = sync.OnceValue(func() *http.Client { return &http.Client{Timeout: time.Second} })

func Lazy() *http.Client { return lazy() }

func SetTimeout(hc *http.Client, d time.Duration) { hc.Timeout = d }

func Timeout(d time.Duration) func(*http.Client) {
	return func(hc *http.Client) { hc.Timeout = d }
}

// Pool keeps clients.
type Pool struct{ clients []*http.Client }

func Keep(hc *http.Client) *Pool { return &Pool{clients: []*http.Client{hc}} }
