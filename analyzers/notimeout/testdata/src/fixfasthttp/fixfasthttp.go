// Package fixfasthttp sends requests with clients of fasthttp.
package fixfasthttp

import "github.com/valyala/fasthttp"

var client = &fasthttp.Client{Name: "shop"} // want "this fasthttp.Client has no timeout"

func send(req *fasthttp.Request) error { return client.Do(req, &fasthttp.Response{}) }
