// Package esapi is a stub.
package esapi

import (
	"context"
	"net/http"
)

type Transport interface {
	Perform(*http.Request) (*http.Response, error)
}

type Response struct{}

type BulkRequest struct{ Index string }

func (r BulkRequest) Do(ctx context.Context, transport Transport) (*Response, error) { return nil, nil }
