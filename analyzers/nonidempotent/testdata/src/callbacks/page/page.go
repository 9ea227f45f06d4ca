// Package page shows pages.
package page

import "context"

// Page is shown to people.
type Page struct {
	count func(ctx context.Context, body []byte)
}

// New returns a page.
func New(count func(ctx context.Context, body []byte)) *Page { return &Page{count: count} }
