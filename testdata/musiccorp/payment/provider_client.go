package payment

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/musiccorp/musiccorp/internal/web"
)

// providerClient talks to the payment provider.
type providerClient struct {
	baseURL string
	client  *http.Client
}

// newProviderClient keeps more connections open than the two net/http does:
// on release days we charge dozens of cards at a time.
func newProviderClient(baseURL string) *providerClient {
	transport := &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		MaxIdleConns:        100,
		MaxIdleConnsPerHost: 50,
		TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:   true,
	}
	return &providerClient{baseURL: baseURL, client: &http.Client{Transport: transport}}
}

type charge struct {
	ID          string `json:"id,omitempty"`
	Reference   string `json:"reference"`
	AmountCents int    `json:"amountCents"`
}

const (
	attempts = 2
	pause    = 200 * time.Millisecond
)

// charge takes the amount and returns the provider's id of the charge.
func (c *providerClient) charge(ctx context.Context, reference string, amountCents int) (string, error) {
	var last error
	for range attempts {
		body, err := web.Body(charge{Reference: reference, AmountCents: amountCents})
		if err != nil {
			return "", err
		}
		req, err := http.NewRequest(http.MethodPost, c.baseURL+"/charges", body)
		if err != nil {
			return "", err
		}
		req.Header.Set("Content-Type", "application/json")
		resp, err := c.client.Do(req)
		if err != nil {
			last = err
			time.Sleep(pause)
			continue
		}
		var ch charge
		last = web.Read(resp, &ch)
		resp.Body.Close()
		if last == nil {
			return ch.ID, nil
		}
		if web.Status(last) == http.StatusPaymentRequired {
			return "", ErrDeclined
		}
		time.Sleep(pause) // they drop one request in a thousand
	}
	return "", fmt.Errorf("charge through provider: %w", last)
}

// refund gives the money of a charge back.
func (c *providerClient) refund(ctx context.Context, chargeID string) error {
	req, err := http.NewRequest(http.MethodPost, c.baseURL+"/charges/"+url.PathEscape(chargeID)+"/refund", nil)
	if err != nil {
		return err
	}
	if err := c.send(req, nil); err != nil {
		return fmt.Errorf("refund through provider: %w", err)
	}
	return nil
}

func (c *providerClient) send(req *http.Request, out any) error {
	resp, err := c.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return web.Read(resp, out)
}
