// Package git is a stub of a part of the SDK.
package git

import (
	"context"

	"github.com/microsoft/azure-devops-go-api/azuredevops/v7"
)

type Client interface {
	GetRepository(ctx context.Context, id string) (*Repository, error)
}

type Repository struct{}

func NewClient(ctx context.Context, connection *azuredevops.Connection) (Client, error) {
	return nil, nil
}
