// Package github is a stub of github.com/google/go-github: a client works through the HTTP
// client that it is given, or through one without a timeout.
package github

import (
	"context"
	"net/http"
)

type Client struct {
	Issues *IssuesService
	Users  *UsersService
}

func NewClient(httpClient *http.Client) *Client { return nil }

func NewEnterpriseClient(baseURL, uploadURL string, httpClient *http.Client) (*Client, error) {
	return nil, nil
}

type (
	Issue    struct{}
	Response struct{}
)

type IssuesService struct{}

func (s *IssuesService) Create(ctx context.Context, owner, repo string, issue *Issue) (*Issue, *Response, error) {
	return nil, nil, nil
}

type UsersService struct{}

func (s *UsersService) Get(ctx context.Context, user string) (*Issue, *Response, error) {
	return nil, nil, nil
}
