package shipping

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/musiccorp/musiccorp/internal/web"
)

// orderClient tells the order service how its orders are doing.
type orderClient struct {
	baseURL string
	client  *http.Client
}

func newOrderClient(baseURL string, timeout time.Duration) *orderClient {
	return &orderClient{baseURL: baseURL, client: &http.Client{Timeout: timeout}}
}

func (c *orderClient) markShipped(ctx context.Context, orderID string) error {
	body, err := web.Body(map[string]string{"status": "shipped"})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, c.baseURL+"/orders/"+url.PathEscape(orderID)+"/status", body)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.client.Do(req)
	if err != nil {
		return fmt.Errorf("mark %s shipped: %w", orderID, err)
	}
	defer resp.Body.Close()
	if err := web.Read(resp, nil); err != nil {
		return fmt.Errorf("mark %s shipped: %w", orderID, err)
	}
	return nil
}
