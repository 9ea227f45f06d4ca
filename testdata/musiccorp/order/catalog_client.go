package order

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/musiccorp/musiccorp/internal/web"
)

// Album is what an order needs to know of an album.
type Album struct {
	SKU        string `json:"sku"`
	Title      string `json:"title"`
	PriceCents int    `json:"priceCents"`
}

const (
	lookups     = 3
	lookupPause = 100 * time.Millisecond
)

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
	var last error
	for range lookups {
		var album Album
		err := getJSON(c.baseURL+"/albums/"+url.PathEscape(sku), &album)
		if err == nil {
			return album, nil
		}
		if web.Status(err) == http.StatusNotFound {
			return Album{}, fmt.Errorf("%w: %q", ErrUnknownAlbum, sku)
		}
		last = err
		time.Sleep(lookupPause)
	}
	return Album{}, fmt.Errorf("look up album %q: %w", sku, last)
}

func getJSON(url string, v any) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return web.Read(resp, v)
}
