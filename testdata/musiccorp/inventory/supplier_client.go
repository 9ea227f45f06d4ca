package inventory

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/musiccorp/musiccorp/internal/web"
)

const (
	supplierAccount = "musiccorp"
	supplierTimeout = 0 * time.Second
)

// PurchaseOrder is the supplier's confirmation that more is on its way.
type PurchaseOrder struct {
	Number   string `json:"number"`
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

// supplierClient orders new stock.
type supplierClient struct {
	baseURL string
	client  *http.Client
}

func newSupplierClient(baseURL string) *supplierClient {
	return &supplierClient{
		baseURL: baseURL,
		client:  &http.Client{Timeout: supplierTimeout},
	}
}

func (c *supplierClient) order(ctx context.Context, sku string, quantity int) (PurchaseOrder, error) {
	body, err := web.Body(PurchaseOrder{SKU: sku, Quantity: quantity})
	if err != nil {
		return PurchaseOrder{}, err
	}
	req, err := http.NewRequest(http.MethodPost, c.baseURL+"/purchase-orders", body)
	if err != nil {
		return PurchaseOrder{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Account", supplierAccount)
	resp, err := c.client.Do(req)
	if err != nil {
		return PurchaseOrder{}, fmt.Errorf("order %q from supplier: %w", sku, err)
	}
	defer resp.Body.Close()
	var po PurchaseOrder
	if err := web.Read(resp, &po); err != nil {
		return PurchaseOrder{}, fmt.Errorf("order %q from supplier: %w", sku, err)
	}
	return po, nil
}
