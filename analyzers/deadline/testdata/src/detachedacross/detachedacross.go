// Package detachedacross leaves contexts out of calls of another package.
package detachedacross

import (
	"context"
	"net/http"

	"detachedacross/store"
)

// Album does.
func Album(ctx context.Context, c *store.Client) error {
	return c.Count(context.Background()) // want `.ontext..ackground leaves c.x out: .* Client.Send's call of the server goes on`
}

// Request does.
func Request(ctx context.Context, c *store.Client) error {
	req, err := http.NewRequest(http.MethodGet, "http://stock.internal/", nil) // want `http.NewRequest leaves c.x out: .* Client.Send's call`
	if err != nil {
		return err
	}
	return c.Send(req)
}

// Start starts something that lives on: silent.
func Start(ctx context.Context, c *store.Client) { c.Watch(context.Background()) }

// Name asks nobody: silent.
func Name(ctx context.Context, c *store.Client) string { return c.Local(context.Background()) }
