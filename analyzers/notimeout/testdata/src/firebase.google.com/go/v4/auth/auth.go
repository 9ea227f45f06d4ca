// Package auth is a stub.
package auth

import "context"

type Client struct{}

type Token struct{}

func (c *Client) VerifyIDToken(ctx context.Context, idToken string) (*Token, error) {
	return &Token{}, nil
}

func (c *Client) CustomToken(ctx context.Context, uid string) (string, error) { return "", nil }
