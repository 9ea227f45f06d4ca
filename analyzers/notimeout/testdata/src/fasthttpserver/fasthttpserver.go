// Package fasthttpserver serves with fasthttp.
package fasthttpserver

import (
	"time"

	"github.com/valyala/fasthttp"
)

func fast(h fasthttp.RequestHandler) error {
	return fasthttp.ListenAndServe(":8080", h) // want `fasthttp.ListenAndServe waits for ever .*; serve with a fasthttp.Server that sets ReadTimeout`
}

func fastServer(h fasthttp.RequestHandler) error {
	s := &fasthttp.Server{Handler: h} // want `this fasthttp.Server waits for ever .*; set ReadTimeout`
	return s.ListenAndServe(":8080")
}

func fastBounded(h fasthttp.RequestHandler) error {
	s := &fasthttp.Server{Handler: h, ReadTimeout: 10 * time.Second}
	return s.ListenAndServe(":8080")
}
