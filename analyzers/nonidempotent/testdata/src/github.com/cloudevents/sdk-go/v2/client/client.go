// Package client is a stub.
package client

import "context"

type Client interface {
	StartReceiver(ctx context.Context, fn any) error
}
