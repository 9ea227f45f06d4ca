package order

import (
	"net/http"
	"net/url"

	"github.com/musiccorp/musiccorp/internal/web"
)

// RecommendationsClient asks the recommendations service what goes with an
// album.
type RecommendationsClient struct {
	baseURL string
	client  *http.Client
}

// NewRecommendationsClient returns a client of the recommendations service at
// baseURL.
func NewRecommendationsClient(baseURL string) *RecommendationsClient {
	return &RecommendationsClient{baseURL: baseURL, client: &http.Client{Transport: http.DefaultTransport}}
}

// For returns the SKUs of albums that go with another.
func (c *RecommendationsClient) For(sku string) ([]string, error) {
	resp, err := c.client.Get(c.baseURL + "/recommendations/" + url.PathEscape(sku))
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var recommended struct {
		Also []string `json:"also"`
	}
	err = web.Read(resp, &recommended)
	return recommended.Also, err
}
