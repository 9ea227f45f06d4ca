// Package entcalls asks a remote database through generated code.
package entcalls

import (
	"context"
	"time"

	_ "github.com/lib/pq"

	"entcalls/ent"
)

func albums(c *ent.Client) ([]*ent.Album, error) {
	return c.Query().All(context.Background()) // want `context.Background\(\) has no deadline, and ent.withInterceptors has nothing else to bound its call`
}

func must(c *ent.Client) []*ent.Album {
	return c.Query().AllX(context.TODO()) // want `context.TODO\(\) has no deadline, and ent.withInterceptors has nothing else`
}

func created(c *ent.Client) error {
	return c.Created(context.Background()) // want `context.Background\(\) has no deadline, and Client.Created has nothing else`
}

func timed(c *ent.Client) ([]*ent.Album, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return c.Query().All(ctx)
}
