// Package silentwalk makes another request each time.
package silentwalk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

type page struct {
	Albums []string
	Next   string
}

func get(url string) (*page, error) {
	resp, err := client.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	p := new(page)
	return p, json.NewDecoder(resp.Body).Decode(p)
}

// Cursor goes where the last page says.
func Cursor(url string) (all []string, err error) {
	for url != "" {
		p, err := get(url)
		if err != nil {
			return nil, err
		}
		all = append(all, p.Albums...)
		url = p.Next
	}
	return all, nil
}

// Numbered goes on until there is no more.
func Numbered(url string) (all []string) {
	for n := 1; ; n++ {
		p, err := get(fmt.Sprintf("%s?page=%d", url, n))
		if err != nil {
			return all
		}
		all = append(all, p.Albums...)
	}
}

// Skipping leaves out the pages that fail.
func Skipping(url string) (*page, error) {
	for n := 1; n < 20; n++ {
		p, err := get(fmt.Sprintf("%s?page=%d", url, n))
		if err != nil {
			continue
		}
		if len(p.Albums) > 0 {
			return p, nil
		}
	}
	return nil, errors.New("none")
}

// Field keeps where it is in a field.
type walker struct {
	url  string
	page int
}

// Next goes on with the page after one that fails.
func (w *walker) Next() (*page, error) {
	for w.page < 100 {
		w.page++
		p, err := get(fmt.Sprintf("%s?page=%d", w.url, w.page))
		if err != nil {
			log.Print(err)
			continue
		}
		return p, nil
	}
	return nil, errors.New("no more")
}

// Items goes on with the next where one fails.
func Items(ctx context.Context, urls []string) {
	for _, url := range urls {
		if _, err := get(url); err != nil {
			log.Print(err)
			continue
		}
		log.Print(url)
	}
}

// Paced sleeps in between.
func Paced(urls []string) {
	for i := 0; i < len(urls); i++ {
		if _, err := get(urls[i]); err != nil {
			log.Print(err)
			time.Sleep(time.Second)
			continue
		}
	}
}

// Map has another for each key.
func Map(byName map[string]string) (*page, error) {
	for _, url := range byName {
		p, err := get(url)
		if err != nil {
			continue
		}
		return p, nil
	}
	return nil, errors.New("none")
}

// Free looks for a name that nobody has.
func Free(name string) (string, error) {
	for i := 0; i < 100; i++ {
		candidate := fmt.Sprintf("%s-%d", name, i)
		if _, err := get("http://catalog/" + candidate); err != nil {
			continue
		}
		return candidate, nil
	}
	return "", errors.New("none")
}
