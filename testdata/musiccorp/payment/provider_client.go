package payment

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"net/url"

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

// charge takes the amount and returns the provider's id of the charge.
func (c *providerClient) charge(ctx context.Context, reference string, amountCents int) (string, error) {
	var ch charge
	err := c.post(ctx, "/charges", charge{Reference: reference, AmountCents: amountCents}, &ch)
	if web.Status(err) == http.StatusPaymentRequired {
		return "", ErrDeclined
	}
	if err != nil {
		return "", fmt.Errorf("charge through provider: %w", err)
	}
	return ch.ID, nil
}

// refund gives the money of a charge back.
func (c *providerClient) refund(ctx context.Context, chargeID string) error {
	if err := c.post(ctx, "/charges/"+url.PathEscape(chargeID)+"/refund", nil, nil); err != nil {
		return fmt.Errorf("refund through provider: %w", err)
	}
	return nil
}

func (c *providerClient) post(ctx context.Context, path string, in, out any) error {
	body, err := web.Body(in)
	if err != nil {
		return err
	}
	req, err := http.NewRequest(http.MethodPost, c.baseURL+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return web.Read(resp, out)
}
