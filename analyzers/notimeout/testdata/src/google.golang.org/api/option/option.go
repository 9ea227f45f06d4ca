// Package option is a stub.
package option

import "net/http"

type ClientOption interface{}

func WithHTTPClient(client *http.Client) ClientOption { return nil }
