package order

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/musiccorp/musiccorp/internal/web"
)

// InventoryClient sets stock aside in the inventory service.
type InventoryClient struct {
	baseURL    string
	httpClient *http.Client
}

// NewInventoryClient returns a client of the inventory service at baseURL.
func NewInventoryClient(baseURL string) *InventoryClient {
	return &InventoryClient{
		baseURL:    baseURL,
		httpClient: &http.Client{},
	}
}

// Reserve sets stock aside for an order.
func (c *InventoryClient) Reserve(orderID, sku string, quantity int) error {
	body, err := web.Body(map[string]any{"orderId": orderID, "sku": sku, "quantity": quantity})
	if err != nil {
		return err
	}
	req, err := http.NewRequest(http.MethodPost, c.baseURL+"/reservations", body)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.httpClient.Do(req)
	if err != nil {
		return fmt.Errorf("reserve stock: %w", err)
	}
	defer resp.Body.Close()

	err = web.Read(resp, nil)
	if web.Status(err) == http.StatusConflict {
		return ErrOutOfStock
	}
	if err != nil {
		return fmt.Errorf("reserve stock: %w", err)
	}
	return nil
}

// Release puts the stock of an order back.
func (c *InventoryClient) Release(orderID string) error {
	req, err := http.NewRequest(http.MethodDelete, c.baseURL+"/reservations/"+url.PathEscape(orderID), nil)
	if err != nil {
		return err
	}
	resp, err := c.httpClient.Do(req)
	if err != nil {
		return fmt.Errorf("release stock: %w", err)
	}
	defer resp.Body.Close()
	if err := web.Read(resp, nil); err != nil {
		return fmt.Errorf("release stock: %w", err)
	}
	return nil
}
