// Package arangodb is a stub.
package arangodb

import (
	"context"

	"github.com/arangodb/go-driver/v2/connection"
)

type Client interface {
	Version(ctx context.Context) (string, error)
}

func NewClient(conn connection.Connection) Client { return nil }
