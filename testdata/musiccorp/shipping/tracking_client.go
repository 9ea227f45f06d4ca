package shipping

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/musiccorp/musiccorp/internal/web"
)

// trackingClient asks the carrier where a parcel is.
type trackingClient struct {
	baseURL string
	timeout time.Duration

	mu sync.Mutex
	hc *http.Client
}

func (c *trackingClient) client() *http.Client {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.hc == nil {
		c.hc = &http.Client{Timeout: c.timeout}
	}
	return c.hc
}

func (c *trackingClient) state(ctx context.Context, tracking string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.baseURL+"/parcels/"+url.PathEscape(tracking), nil)
	if err != nil {
		return "", err
	}
	resp, err := c.client().Do(req)
	if err != nil {
		return "", fmt.Errorf("ask carrier: %w", err)
	}
	defer resp.Body.Close()
	var parcel struct {
		State string `json:"state"`
	}
	if err := web.Read(resp, &parcel); err != nil {
		return "", fmt.Errorf("ask carrier: %w", err)
	}
	return parcel.State, nil
}
