// Package catalog is the service that knows the albums and their prices.
package catalog

import (
	"cmp"
	"errors"
	"fmt"
	"log"
	"net/http"
	"slices"
	"sync"

	"github.com/musiccorp/musiccorp/internal/web"
)

// Album is a record that MusicCorp sells.
type Album struct {
	SKU        string `json:"sku"`
	Artist     string `json:"artist"`
	Title      string `json:"title"`
	PriceCents int    `json:"priceCents"`
}

// Availability says whether an album can be had now.
type Availability struct {
	SKU   string `json:"sku"`
	State string `json:"state"` // "in stock", "sold out" or "unknown"
}

// ErrUnknownAlbum means that no album has the SKU.
var ErrUnknownAlbum = errors.New("unknown album")

// Config says where the catalog's peers are.
type Config struct {
	InventoryURL string
	FeedURL      string
}

// Service is the catalog.
type Service struct {
	albums *store
	stock  *stockClient
	feed   *labelFeed
}

// New returns an empty catalog.
func New(cfg Config) *Service {
	return &Service{
		albums: &store{bySKU: make(map[string]Album)},
		stock:  newStockClient(cfg.InventoryURL),
		feed:   newLabelFeed(cfg.FeedURL),
	}
}

// Handler serves the catalog.
func (s *Service) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", web.Live)
	mux.HandleFunc("GET /readyz", web.Live)
	mux.HandleFunc("GET /albums", s.list)
	mux.HandleFunc("GET /albums/{sku}", s.get)
	mux.HandleFunc("GET /albums/{sku}/availability", s.availability)
	mux.HandleFunc("POST /import", s.importFeed)
	return mux
}

func (s *Service) list(w http.ResponseWriter, _ *http.Request) {
	web.JSON(w, http.StatusOK, s.albums.all())
}

func (s *Service) get(w http.ResponseWriter, r *http.Request) {
	album, err := s.albums.get(r.PathValue("sku"))
	if err != nil {
		web.Fail(w, http.StatusNotFound, err)
		return
	}
	web.JSON(w, http.StatusOK, album)
}

func (s *Service) availability(w http.ResponseWriter, r *http.Request) {
	album, err := s.albums.get(r.PathValue("sku"))
	if err != nil {
		web.Fail(w, http.StatusNotFound, err)
		return
	}
	reply := Availability{SKU: album.SKU, State: "sold out"}
	n, err := s.stock.quantity(r.Context(), album.SKU)
	switch {
	case err != nil:
		// The page is worth showing without it.
		log.Printf("availability of %s: %v", album.SKU, err)
		reply.State = "unknown"
	case n > 0:
		reply.State = "in stock"
	}
	web.JSON(w, http.StatusOK, reply)
}

func (s *Service) importFeed(w http.ResponseWriter, r *http.Request) {
	n, err := s.feed.each(r.Context(), s.albums.put)
	if err != nil {
		web.Fail(w, http.StatusBadGateway, fmt.Errorf("import stopped after %d albums: %w", n, err))
		return
	}
	log.Printf("imported %d albums", n)
	web.JSON(w, http.StatusOK, map[string]int{"imported": n})
}

type store struct {
	mu    sync.RWMutex
	bySKU map[string]Album
}

func (s *store) put(a Album) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bySKU[a.SKU] = a
}

func (s *store) get(sku string) (Album, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	a, ok := s.bySKU[sku]
	if !ok {
		return Album{}, fmt.Errorf("%w: %q", ErrUnknownAlbum, sku)
	}
	return a, nil
}

func (s *store) all() []Album {
	s.mu.RLock()
	defer s.mu.RUnlock()
	all := make([]Album, 0, len(s.bySKU))
	for _, a := range s.bySKU {
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b Album) int { return cmp.Compare(a.SKU, b.SKU) })
	return all
}
