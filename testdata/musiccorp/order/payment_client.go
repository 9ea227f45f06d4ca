package order

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/musiccorp/musiccorp/internal/web"
)

const (
	charges     = 3
	chargePause = 100 * time.Millisecond
)

// PaymentClient takes and returns money through the payment service.
type PaymentClient struct {
	baseURL string
}

// NewPaymentClient returns a client of the payment service at baseURL.
func NewPaymentClient(baseURL string) *PaymentClient {
	return &PaymentClient{baseURL: baseURL}
}

// Charge takes the money for an order and returns the payment's id.
func (c *PaymentClient) Charge(ctx context.Context, o Order) (string, error) {
	var payment struct {
		ID string `json:"id"`
	}
	var err error
	for range charges {
		err = c.post(ctx, "/payments", map[string]any{
			"orderId":     o.ID,
			"customer":    o.Customer,
			"amountCents": o.TotalCents,
		}, &payment)
		if err == nil {
			return payment.ID, nil
		}
		if web.Status(err) == http.StatusPaymentRequired {
			return "", ErrDeclined
		}
		time.Sleep(chargePause)
	}
	return "", fmt.Errorf("charge %s: %w", o.ID, err)
}

// Refund gives the money of a payment back.
func (c *PaymentClient) Refund(ctx context.Context, paymentID string) error {
	if err := c.post(ctx, "/payments/"+url.PathEscape(paymentID)+"/refund", nil, nil); err != nil {
		return fmt.Errorf("refund %s: %w", paymentID, err)
	}
	return nil
}

func (c *PaymentClient) post(ctx context.Context, path string, in, out any) error {
	body, err := web.Body(in)
	if err != nil {
		return err
	}
	req, err := http.NewRequest(http.MethodPost, c.baseURL+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(web.RequestIDHeader, web.RequestID(ctx))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return web.Read(resp, out)
}
