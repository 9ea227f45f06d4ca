package catalog

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/musiccorp/musiccorp/internal/web"
)

// stockClient asks inventory how many of an album there are.
type stockClient struct {
	baseURL string
	client  *http.Client
}

func newStockClient(baseURL string) *stockClient {
	client := &http.Client{Transport: http.DefaultTransport}
	client.Timeout = time.Second
	return &stockClient{baseURL: baseURL, client: client}
}

func (c *stockClient) quantity(ctx context.Context, sku string) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.baseURL+"/stock/"+url.PathEscape(sku), nil)
	if err != nil {
		return 0, err
	}
	resp, err := c.client.Do(req)
	if err != nil {
		return 0, fmt.Errorf("ask inventory: %w", err)
	}
	defer resp.Body.Close()
	var stock struct {
		Quantity int `json:"quantity"`
	}
	if err := web.Read(resp, &stock); err != nil {
		return 0, fmt.Errorf("ask inventory: %w", err)
	}
	return stock.Quantity, nil
}
