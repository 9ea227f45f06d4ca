package shipping

import (
	"fmt"
	"net/http"

	"github.com/musiccorp/musiccorp/internal/web"
)

// carrierClient books parcels with the carrier.
type carrierClient struct {
	baseURL string
	http    http.Client
}

// book has a parcel collected and returns its tracking number.
func (c *carrierClient) book(reference string, items int) (string, error) {
	body, err := web.Body(map[string]any{"reference": reference, "items": items})
	if err != nil {
		return "", err
	}
	resp, err := c.http.Post(c.baseURL+"/parcels", "application/json", body)
	if err != nil {
		return "", fmt.Errorf("book with carrier: %w", err)
	}
	defer resp.Body.Close()
	var parcel struct {
		Tracking string `json:"tracking"`
	}
	err = web.Read(resp, &parcel)
	if web.Status(err) == http.StatusUnprocessableEntity {
		return "", ErrRefused
	}
	if err != nil {
		return "", fmt.Errorf("book with carrier: %w", err)
	}
	return parcel.Tracking, nil
}
