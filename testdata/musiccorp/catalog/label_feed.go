package catalog

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// labelFeed reads the albums that a record label offers. Feeds of the big
// labels run to hundreds of megabytes, so they are read album by album.
type labelFeed struct {
	url    string
	client *http.Client
}

func newLabelFeed(url string) *labelFeed {
	return &labelFeed{
		url: url,
		client: &http.Client{
			Transport: &http.Transport{
				Proxy:                 http.ProxyFromEnvironment,
				ResponseHeaderTimeout: 10 * time.Second,
			},
		},
	}
}

// each calls put for every album of the feed and returns how many there were.
func (f *labelFeed) each(ctx context.Context, put func(Album)) (int, error) {
	req, err := http.NewRequest(http.MethodGet, f.url, nil)
	if err != nil {
		return 0, err
	}
	resp, err := f.client.Do(req)
	if err != nil {
		return 0, fmt.Errorf("open feed: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("open feed: %s", resp.Status)
	}

	dec := json.NewDecoder(resp.Body)
	if _, err := dec.Token(); err != nil { // the opening bracket
		return 0, fmt.Errorf("read feed: %w", err)
	}
	n := 0
	for dec.More() {
		var album Album
		if err := dec.Decode(&album); err != nil {
			return n, fmt.Errorf("read feed: %w", err)
		}
		put(album)
		n++
	}
	if _, err := dec.Token(); err != nil {
		return n, fmt.Errorf("read feed: %w", err)
	}
	return n, nil
}
