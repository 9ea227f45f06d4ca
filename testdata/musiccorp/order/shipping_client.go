package order

import (
	"context"
	"fmt"
	"net/http"

	"github.com/musiccorp/musiccorp/internal/web"
)

// ShippingClient has orders shipped by the shipping service.
type ShippingClient struct {
	baseURL string
	hc      *http.Client
}

// NewShippingClient returns a client of the shipping service at baseURL. If hc
// is nil it uses http.DefaultClient.
func NewShippingClient(baseURL string, hc *http.Client) *ShippingClient {
	if hc == nil {
		hc = http.DefaultClient
	}
	return &ShippingClient{baseURL: baseURL, hc: hc}
}

// Ship arranges the shipment of an order and returns the shipment's id.
func (c *ShippingClient) Ship(ctx context.Context, o Order) (string, error) {
	body, err := web.Body(map[string]any{
		"orderId":  o.ID,
		"customer": o.Customer,
		"sku":      o.SKU,
		"quantity": o.Quantity,
	})
	if err != nil {
		return "", err
	}
	req, err := http.NewRequest(http.MethodPost, c.baseURL+"/shipments", body)
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(web.RequestIDHeader, web.RequestID(ctx))
	resp, err := c.hc.Do(req)
	if err != nil {
		return "", fmt.Errorf("arrange shipment: %w", err)
	}
	defer resp.Body.Close()

	var shipment struct {
		ID string `json:"id"`
	}
	err = web.Read(resp, &shipment)
	if web.Status(err) == http.StatusUnprocessableEntity {
		return "", ErrShipmentRefused
	}
	if err != nil {
		return "", fmt.Errorf("arrange shipment: %w", err)
	}
	return shipment.ID, nil
}
