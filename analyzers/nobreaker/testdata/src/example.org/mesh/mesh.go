// Package mesh is a library that nothing is known of.
package mesh

import (
	"net/http"

	"google.golang.org/grpc"
)

func Transport() http.RoundTripper { return nil }

func Client() *http.Client { return nil }

func Interceptor() grpc.UnaryClientInterceptor { return nil }
