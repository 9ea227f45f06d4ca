// Package firebase is a stub.
package firebase

import (
	"context"

	"firebase.google.com/go/v4/auth"
	"google.golang.org/api/option"
)

type Config struct{}

type App struct{}

func NewApp(ctx context.Context, config *Config, opts ...option.ClientOption) (*App, error) {
	return &App{}, nil
}

func (a *App) Auth(ctx context.Context) (*auth.Client, error) { return &auth.Client{}, nil }
