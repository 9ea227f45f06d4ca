package clientset

import (
	"net/http"
	"time"
)

// DefaultTimeout is a variable that programs may change.
var DefaultTimeout = 15 * time.Second

func configure(c *http.Client) { c.Timeout = DefaultTimeout }

// pkgClient gets its timeout in init.
var pkgClient = &http.Client{}

func init() { pkgClient.Timeout = DefaultTimeout }

// FromInit uses the client that init bounded.
func FromInit(url string) (*http.Response, error) { return pkgClient.Get(url) }

// Service has its client bounded by a method.
type Service struct{ hc *http.Client }

// NewService leaves the timeout to SetTimeout.
func NewService() *Service { return &Service{hc: &http.Client{}} }

// SetTimeout reaches the client through the field.
func (s *Service) SetTimeout(d time.Duration) { s.hc.Timeout = d }

// Call uses it.
func (s *Service) Call(url string) (*http.Response, error) { return s.hc.Get(url) }

// Probe holds the client by value.
type Probe struct{ client http.Client }

// NewProbe sets the field of the field.
func NewProbe(d time.Duration) *Probe {
	p := &Probe{}
	p.client.Timeout = d
	return p
}

// Check uses it.
func (p *Probe) Check(url string) (*http.Response, error) { return p.client.Get(url) }

// Prober is filled by one function and used by another.
type Prober struct{ hc *http.Client }

// Refresh uses a local alias of the field and bounds it there.
func (p *Prober) Refresh(url string) (*http.Response, error) {
	client := p.hc
	client.Timeout = 2 * time.Second
	return client.Get(url)
}

// NewProber constructs what Refresh bounds.
func NewProber() *Prober { return &Prober{hc: &http.Client{}} }

// Config is handed to a constructor.
type Config struct{ Timeout time.Duration }

// Remote takes its bound from the configuration.
type Remote struct{ client *http.Client }

// NewRemote reads a config field.
func NewRemote(cfg Config) *Remote {
	return &Remote{client: &http.Client{Timeout: cfg.Timeout}}
}

// Call uses it.
func (r *Remote) Call(url string) (*http.Response, error) { return r.client.Get(url) }
