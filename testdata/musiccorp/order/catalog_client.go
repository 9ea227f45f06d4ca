package order

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/musiccorp/musiccorp/internal/web"
)

// Album is what an order needs to know of an album.
type Album struct {
	SKU        string `json:"sku"`
	Title      string `json:"title"`
	PriceCents int    `json:"priceCents"`
}

// CatalogClient looks albums up in the catalog service.
type CatalogClient struct {
	baseURL string
}

// NewCatalogClient returns a client of the catalog service at baseURL.
func NewCatalogClient(baseURL string) *CatalogClient {
	return &CatalogClient{baseURL: baseURL}
}

// Album returns the album with the SKU.
func (c *CatalogClient) Album(sku string) (Album, error) {
	var album Album
	err := getJSON(c.baseURL+"/albums/"+url.PathEscape(sku), &album)
	if web.Status(err) == http.StatusNotFound {
		return Album{}, fmt.Errorf("%w: %q", ErrUnknownAlbum, sku)
	}
	if err != nil {
		return Album{}, fmt.Errorf("look up album %q: %w", sku, err)
	}
	return album, nil
}

func getJSON(url string, v any) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return web.Read(resp, v)
}
